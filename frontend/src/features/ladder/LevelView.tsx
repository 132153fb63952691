import { useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { Competency, Ladder, Level, LevelComparison } from '../../api/types';
import { PathLink } from '../../components/links';
import { QueryPart } from '../../components/page/states';
import { Markdown } from '../../components/text/Markdown';
import { Segments } from '../../components/text/Segments';
import { Chip, cx, Panel, ui } from '../../components/ui';
import { modeWords } from './CellText';
import { CellView } from './CellView';
import classes from './ladder.module.css';
import type { ToLevel } from './paths';
import { comparisonQuery } from './queries';
import { ShapeFacts } from './ShapeFacts';

type Props = {
  ladder: Ladder;
  level: Level;
  /** Where links to other levels go. */
  to: ToLevel;
  /** The level below, when only what is new compared with it is shown. */
  delta?: string | undefined;
  version?: string | undefined;
};

/** A level with every competency that applies to it. */
export function LevelView({ ladder, level, to, delta, version }: Props) {
  const linked = useLocation({ select: ({ hash }) => hash });
  useEffect(() => {
    if (linked) document.getElementById(linked)?.scrollIntoView({ block: 'center' });
  }, [linked]);
  return (
    <div className={classes.levelPage}>
      <Facts level={level} to={to} ladder={ladder} />
      {delta ? (
        <Delta ladder={ladder} level={level} below={delta} version={version} />
      ) : (
        ladder.competencies.map((competency) => (
          <CompetencyPanel
            key={competency.code}
            competency={competency}
            ladder={ladder}
            level={level.code}
          />
        ))
      )}
    </div>
  );
}

function Facts({ level, to, ladder }: { level: Level; to: ToLevel; ladder: Ladder }) {
  const months = monthWords(level);
  const modifiers = (ladder.modifiers ?? []).filter(({ key }) => level.modifiers?.includes(key));
  return (
    <dl className={classes.levelFacts}>
      {level.shape && (
        <>
          <dt>Role shape</dt>
          <dd>
            <ShapeFacts shape={level.shape} />
            <span className={cx(ui.tiny, ui.muted)}>Typical, never a gate</span>
          </dd>
        </>
      )}
      {months && (
        <>
          <dt>Typical time</dt>
          <dd>{months}</dd>
        </>
      )}
      {level.premiumMin != null && level.premiumMax != null && (
        <>
          <dt>Pay band</dt>
          <dd>
            Midpoint {level.premiumMin} to {level.premiumMax} % above the level below
          </dd>
        </>
      )}
      {level.career && (
        <>
          <dt>Career level</dt>
          <dd>People may stay here for good</dd>
        </>
      )}
      {(level.titles ?? []).length > 0 && (
        <>
          <dt>Also called</dt>
          <dd>{(level.titles ?? []).map(titleWords).join(', ')}</dd>
        </>
      )}
      {level.sublevelOf && <LevelLinks name="Part of" codes={[level.sublevelOf]} to={to} />}
      {modifiers.length > 0 && (
        <>
          <dt>Places inside it</dt>
          <dd>{modifiers.map(({ label }) => label).join(', ')}</dd>
        </>
      )}
      <LevelLinks name="Same height" codes={level.equivalent ?? []} to={to} />
      <LevelLinks name="From here" codes={level.next ?? []} to={to} />
      {(level.notes ?? []).map((note) => (
        <div key={note.uid} className={classes.levelNote}>
          <Markdown text={note.text} />
        </div>
      ))}
    </dl>
  );
}

/** "Group lead", "Data scientist in data". */
function titleWords({ title, discipline }: NonNullable<Level['titles']>[number]): string {
  return discipline ? `${title} in ${discipline}` : title;
}

/** "24 to 48 months", "at least 24 months", "up to 48 months". */
function monthWords({ monthsMin, monthsMax }: Level): string {
  if (monthsMin == null && monthsMax == null) return '';
  if (monthsMax == null) return `at least ${monthsMin} months`;
  if (monthsMin == null) return `up to ${monthsMax} months`;
  return `${monthsMin} to ${monthsMax} months`;
}

function LevelLinks({ name, codes, to }: { name: string; codes: string[]; to: ToLevel }) {
  if (codes.length === 0) return null;
  return (
    <>
      <dt>{name}</dt>
      <dd className={ui.row}>
        {codes.map((code) => (
          <PathLink key={code} path={to(code)} className={ui.link}>
            {code}
          </PathLink>
        ))}
      </dd>
    </>
  );
}

type CompetencyProps = { competency: Competency; ladder: Ladder; level: string };

function CompetencyPanel({ competency, ladder, level }: CompetencyProps) {
  const cell = competency.cells.find((each) => each.level === level);
  const scale = competency.scale ?? ladder.scale;
  const expected = cell?.expected == null ? undefined : scale[cell.expected];
  if (!cell) return null;
  return (
    <Panel
      title={competency.name}
      aside={
        expected && <Chip>{`Expected: ${expected.label}${modeWords[cell.mode ?? ''] ?? ''}`}</Chip>
      }
      label={competency.name}
    >
      <div className={classes.levelCell} id={`c-${competency.code}`}>
        {competency.description && (
          <div className={cx(classes.prose, ui.second)}>
            <Markdown text={competency.description} />
          </div>
        )}
        <CellView cell={cell} level={level} archetypes={ladder.archetypes} />
        {(competency.stages ?? []).length > 0 && (
          <Stages competency={competency} ladder={ladder} expected={expected?.key} />
        )}
      </div>
    </Panel>
  );
}

type StagesProps = { competency: Competency; ladder: Ladder; expected: string | undefined };

/** What each point of the competency's scale looks like. */
function Stages({ competency, ladder, expected }: StagesProps) {
  const scale = competency.scale ?? ladder.scale;
  return (
    <dl className={classes.stages}>
      {(competency.stages ?? []).map((stage) => {
        const label = scale.find(({ key }) => key === stage.level)?.label ?? stage.level;
        return (
          <div key={stage.level} data-expected={stage.level === expected || undefined}>
            <dt>{label}</dt>
            <dd>
              <CellView cell={stage} level={label} archetypes={ladder.archetypes} />
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

type DeltaProps = { ladder: Ladder; level: Level; below: string; version: string | undefined };

/** Only what is new compared with the level below, word by word. */
function Delta({ ladder, level, below, version }: DeltaProps) {
  const query = useQuery(comparisonQuery(ladder.slug, `${below},${level.code}`, version));
  return (
    <QueryPart query={query} what="The comparison">
      {(comparison) => <DeltaRows comparison={comparison} />}
    </QueryPart>
  );
}

function DeltaRows({ comparison }: { comparison: LevelComparison }) {
  const rows = comparison.rows.filter(({ changed }) => changed > 0);
  const same = comparison.rows.length - rows.length;
  return (
    <>
      {rows.map((row) => (
        <Panel key={row.competency} title={row.name} label={row.name}>
          <p className={classes.levelCell}>
            <Segments segments={row.cells.at(-1)?.segments ?? []} />
          </p>
        </Panel>
      ))}
      {same > 0 && (
        <p className={ui.second}>
          {same} {same === 1 ? 'competency adds' : 'competencies add'} nothing new here.
        </p>
      )}
    </>
  );
}
