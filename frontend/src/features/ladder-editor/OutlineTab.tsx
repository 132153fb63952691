import { useState } from 'react';
import { Empty } from '../../components/page/states';
import { AboutForm, aboutOf } from './AboutForm';
import { CompetencyForm } from './CompetencyForm';
import classes from './editor.module.css';
import { Failure } from './Failure';
import { BuiltOnPanel } from './forms/BuiltOnPanel';
import { placeOf } from './forms/builtOn';
import { hintsOf } from './forms/hints';
import { type Known, knownOf } from './forms/known';
import { ListPanel } from './forms/ListPanel';
import { type Open, openAt } from './forms/open';
import { PartForm, PartPanel } from './forms/PartForm';
import { RuleForm, RulePanel } from './forms/RuleForm';
import { Section } from './forms/Section';
import { TranslationsPanel } from './forms/TranslationsPanel';
import { Categories, Tracks } from './GroupsPanel';
import { LevelForm } from './LevelForm';
import { moved, movedLevel, type Outline, outlineOf, withoutLevel } from './outline';
import type { Draft } from './queries';
import { ScalesPanel } from './ScalesPanel';
import { type OutlineSaver, onTopOf, useOutlineSaver } from './useOutlineSaver';

/** Everything except the sentences, question by question. */
export function OutlineTab({ draft }: { draft: Draft }) {
  const saver = useOutlineSaver(draft);
  const [open, setOpen] = useState<Open>();
  const { document } = draft;
  if (!document) {
    return (
      <Empty title="The file has errors">
        Fix them in the file. You can change levels and competencies here once the file can be read.
      </Empty>
    );
  }
  const outline = outlineOf(document);
  const known = knownOf(outline, draft.rubric);
  const panel = { outline, saver, readOnly: !draft.canEdit };
  const hints = hintsOf(document, outline, draft.rubric);
  const part = (key: 'modifiers' | 'archetypes' | 'designations' | 'technologies') => (
    <PartPanel {...panel} part={key} onOpen={(at) => setOpen({ part: key, at })} />
  );
  const { refused } = saver;
  const mend = (pointer: string) => {
    const place = openAt(pointer);
    return place && refused && (() => setOpen({ ...place, refused }));
  };
  return (
    <div className={classes.sections}>
      {!open && <Failure saver={saver} onMend={mend} />}
      <Section
        title="What is this ladder?"
        hint={hints.about}
        open
        errors={draft.findings.filter(({ level }) => level === 'error').length}
      >
        <AboutForm key={`about ${JSON.stringify(aboutOf(outline))}`} {...panel} />
        <BuiltOnPanel key={`on ${JSON.stringify(placeOf(outline))}`} draft={draft} {...panel} />
      </Section>
      <Section title="Which levels are there?" hint={hints.levels} open>
        {(outline.tracks ?? []).map(({ code }, at) => (
          <LevelsPanel key={code} {...panel} track={at} onOpen={setOpen} />
        ))}
        <Tracks {...panel} />
        {part('modifiers')}
        {part('archetypes')}
      </Section>
      <Section title="What is expected?" hint={hints.competencies} open>
        <CompetenciesPanel {...panel} onOpen={setOpen} />
        <Categories {...panel} />
      </Section>
      <Section title="How are people rated, and what follows?" hint={hints.rule}>
        <ScalesPanel {...panel} />
        <RulePanel
          rule={outline.rule ?? draft.rubric?.rule}
          known={known}
          readOnly={panel.readOnly}
          onOpen={() => setOpen({ part: 'rule' })}
        />
      </Section>
      <Section title="What is there beside the level?" hint={hints.beside}>
        {part('designations')}
        {part('technologies')}
      </Section>
      <Section title="In which other languages can it be read?" hint={hints.languages}>
        <TranslationsPanel draft={draft} document={document} outline={outline} />
      </Section>
      {open && <OpenForm draft={draft} {...panel} open={open} onClose={() => setOpen(undefined)} />}
    </div>
  );
}

type PanelProps = { outline: Outline; saver: OutlineSaver; readOnly: boolean };
type ListProps = PanelProps & { onOpen: (open: Open) => void };

function LevelsPanel({ outline, saver, readOnly, track, onOpen }: ListProps & { track: number }) {
  const { code = '', name, levels = [] } = outline.tracks?.[track] ?? {};
  return (
    <ListPanel
      title={`Levels: ${name || code}`}
      label={`Levels of ${name || code}`}
      add="Add a level"
      list={levels}
      codeOf={(level) => level.code}
      nameOf={(level) => level.code}
      first="Level"
      columns={[
        { head: 'Title', cell: ({ title }) => title },
        { head: 'Same height', cell: ({ equivalent }) => equivalent.join(', ') },
        { head: 'From here', cell: ({ next }) => next.join(', ') },
      ]}
      readOnly={readOnly}
      onOpen={(at) => onOpen({ part: 'level', track, at })}
      onMove={(at, by) =>
        saver.save(`move ${levels[at]?.code}`, (now) => movedLevel(now, track, at, by))
      }
      onDrop={(at) =>
        saver.save(`remove ${levels[at]?.code}`, (now) => withoutLevel(now, track, at))
      }
    />
  );
}

function CompetenciesPanel({ outline, saver, readOnly, onOpen }: ListProps) {
  const { competencies, categories = [] } = outline;
  const name = (at: number) => competencies[at]?.name || competencies[at]?.code;
  return (
    <ListPanel
      title="Competencies"
      add="Add a competency"
      list={competencies}
      codeOf={({ code }) => code}
      nameOf={(each) => each.name || each.code}
      first="Competency"
      columns={[
        {
          head: 'Category',
          cell: ({ category }) =>
            categories.find((each) => each.code === category)?.name ?? category,
        },
        { head: 'Scale', cell: ({ scale }) => scale },
      ]}
      readOnly={readOnly}
      onOpen={(at) => onOpen({ part: 'competency', at })}
      onMove={(at, by) =>
        saver.save(`move ${name(at)}`, (now) => ({
          ...now,
          competencies: moved(now.competencies, at, by),
        }))
      }
      onDrop={(at) =>
        saver.save(`remove ${name(at)}`, (now) => ({
          ...now,
          competencies: now.competencies.toSpliced(at, 1),
        }))
      }
    />
  );
}

type OpenProps = PanelProps & { draft: Draft; open: Open; onClose: () => void };

/** The form of the open entry. After a refusal it shows the ladder as the writer meant it. */
function OpenForm({ draft, outline, saver, readOnly, open, onClose }: OpenProps) {
  const { refused } = open;
  const meant = refused ? refused.change(outline) : outline;
  const known: Known = knownOf(meant, draft.rubric);
  const form = { outline: meant, known, saver: onTopOf(saver, refused), readOnly, onClose };
  switch (open.part) {
    case 'level':
      return <LevelForm {...form} track={open.track} at={open.at} />;
    case 'competency':
      return <CompetencyForm {...form} at={open.at} />;
    case 'rule':
      return <RuleForm {...form} />;
    default:
      return <PartForm {...form} part={open.part} at={open.at} />;
  }
}
