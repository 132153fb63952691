import { Button, TextInput } from '@mantine/core';
import { IconLink } from '@tabler/icons-react';
import type { ProjectFacts } from '../../api/types';
import { DraftOffer } from '../../components/autosave/DraftOffer';
import { MergeView } from '../../components/autosave/MergeView';
import type { Autosave } from '../../components/autosave/useAutosave';
import { monthWords, spanWords } from '../../components/format';
import { WordsInput } from '../../components/input/WordsInput';
import { ExternalLink, Words } from '../../components/text/Words';
import { Chip, cx, ui } from '../../components/ui';
import { useCompetencyName } from '../ladder/useOwnLadder';
import classes from './promotion.module.css';
import { useRemoveProject } from './queries';
import { type SectionProps, type SectionValue, useSection } from './useSection';

const facts = [
  { key: 'role', label: 'My role' },
  { key: 'scope', label: 'Scope' },
  { key: 'outcome', label: 'Outcome' },
  { key: 'tradeoff', label: 'Trade-off' },
] as const;

export function ProjectSection(props: SectionProps) {
  return props.editable ? <EditedProject {...props} /> : <ShownProject {...props} />;
}

function projectSpan({ from, to }: ProjectFacts): string {
  if (!from) return '';
  return to ? spanWords(`${from}-01`, `${to}-02`) : `since ${monthWords(`${from}-01`)}`;
}

function ShownProject({ section }: SectionProps) {
  const name = useCompetencyName();
  const { project } = section;
  return (
    <>
      <div className={ui.row}>
        <h3 className={cx(ui.grow, classes.sectionTitle)}>{section.title}</h3>
        {project && (
          <span className={cx(ui.tiny, ui.muted, ui.number)}>{projectSpan(project)}</span>
        )}
      </div>
      {project && (
        <dl className={classes.facts}>
          {facts.map(({ key, label }) => (
            <div key={key}>
              <dt>{label}</dt>
              <dd>
                <Words text={project[key] || 'Not written yet'} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {section.text && <Words text={section.text} className={classes.projectText} />}
      <div className={cx(ui.row, ui.wrap, classes.claims)}>
        {project?.links.map((link) => (
          <ExternalLink key={link.url} href={link.url}>
            {link.label || link.url}
            <IconLink size={14} stroke={1.5} aria-hidden="true" />
          </ExternalLink>
        ))}
        {project && project.competencies.length > 0 && (
          <span className={cx(ui.tiny, ui.muted)}>Claims</span>
        )}
        {project?.competencies.map((code) => (
          <Chip key={code}>{name(code)}</Chip>
        ))}
      </div>
    </>
  );
}

const emptyFacts: ProjectFacts = {
  from: '',
  to: '',
  role: '',
  scope: '',
  outcome: '',
  tradeoff: '',
  links: [],
  competencies: [],
};

function EditedProject(props: SectionProps) {
  const { promotion, section } = props;
  const autosave = useSection(props);
  const { value, change, flush, theirs, resolve } = autosave;
  const remove = useRemoveProject(promotion.id);
  return (
    <fieldset className={classes.project} onBlur={flush} aria-label={`Project ${value.title}`}>
      <DraftOffer autosave={autosave} />
      {theirs && (
        <MergeView
          about={value.title}
          mine={{ text: value.text, facts: value.title }}
          theirs={{ text: theirs.value.text, facts: theirs.value.title }}
          onSave={({ side, text }) =>
            resolve({ ...(side === 'mine' ? value : theirs.value), text })
          }
        />
      )}
      <TextInput
        label="Project"
        value={value.title}
        onChange={(event) => change({ ...value, title: event.currentTarget.value })}
      />
      <ProjectFields autosave={autosave} />
      <div className={ui.row}>
        <span className={ui.grow} />
        <Button
          size="xs"
          variant="subtle"
          aria-label={`Remove ${value.title}`}
          loading={remove.isPending}
          onClick={() => remove.mutate(section)}
        >
          Remove
        </Button>
      </div>
    </fieldset>
  );
}

function ProjectFields({ autosave }: { autosave: Autosave<SectionValue> }) {
  const { value, change } = autosave;
  const project = value.project ?? emptyFacts;
  const set = (part: Partial<ProjectFacts>) =>
    change({ ...value, project: { ...project, ...part } });
  return (
    <>
      <div className={classes.dates}>
        <TextInput
          type="month"
          label="From"
          value={project.from}
          onChange={(event) => set({ from: event.currentTarget.value })}
        />
        <TextInput
          type="month"
          label="To (optional)"
          value={project.to}
          onChange={(event) => set({ to: event.currentTarget.value })}
        />
      </div>
      {facts.map(({ key, label }) => (
        <WordsInput
          key={key}
          minRows={1}
          label={label}
          value={project[key]}
          onChange={(event) => set({ [key]: event.currentTarget.value })}
        />
      ))}
    </>
  );
}
