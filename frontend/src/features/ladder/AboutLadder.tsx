import type { ReactNode } from 'react';
import type { Ladder } from '../../api/types';
import { PathLink } from '../../components/links';
import { Panel } from '../../components/ui';
import classes from './ladder.module.css';
import { RuleWords } from './RuleWords';
import type { Names } from './rules';

/** What belongs to the whole ladder: its rule, scale, archetypes and catalogue. */
export function AboutLadder({ ladder }: { ladder: Ladder }) {
  const {
    archetypes = [],
    modifiers = [],
    technologies = [],
    designations = [],
    from = [],
  } = ladder;
  return (
    <div className={classes.about}>
      <Panel title="How a level follows from ratings">
        <div className={classes.levelCell}>
          <RuleWords rule={ladder.rule} names={namesIn(ladder)} />
        </div>
      </Panel>
      <Facts
        title="How people are rated"
        rows={ladder.scale.map(({ key, label, meaning, value }) => ({
          key,
          name: value == null ? label : `${label} (${value})`,
          text: meaning,
        }))}
      />
      <Facts
        title="Places inside a level"
        rows={modifiers.map(({ key, label, meaning }) => ({ key, name: label, text: meaning }))}
      />
      <Facts
        title="Ways to fill a level"
        rows={archetypes.map(({ code, name, summary, levels }) => ({
          key: code,
          name,
          text: [summary, levels.join(', ')].filter(Boolean).join(' '),
        }))}
      />
      <Facts
        title="Roles beside the level"
        rows={designations.map(({ code, name, note }) => ({ key: code, name, text: note }))}
      />
      <Facts
        title="Technologies of this craft"
        rows={technologies.map(({ code, name, items }) => ({
          key: code,
          name,
          text: items.join(', '),
        }))}
      />
      <Facts
        title="Built on"
        rows={from.map(({ framework, version }) => ({
          key: framework,
          name: <PathLink path={`/ladders/${framework}`}>{framework}</PathLink>,
          text: `Version ${version}`,
        }))}
      />
    </div>
  );
}

function namesIn({ scales, competencies }: Ladder): Names {
  const points = Object.values(scales).flatMap((scale) => scale.points);
  return {
    point: (key) => points.find((point) => point.key === key)?.label ?? key,
    competency: (code) => competencies.find((each) => each.code === code)?.name ?? code,
  };
}

type Row = { key: string; name: ReactNode; text: string | undefined };

function Facts({ title, rows }: { title: string; rows: Row[] }) {
  if (rows.length === 0) return null;
  return (
    <Panel title={title}>
      <dl className={classes.facts}>
        {rows.map(({ key, name, text }) => (
          <div key={key}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
