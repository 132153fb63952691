import { Button, NumberInput, Select } from '@mantine/core';
import { useState } from 'react';
import { Panel, ui } from '../../../components/ui';
import { RuleWords } from '../../ladder/RuleWords';
import classes from '../editor.module.css';
import type { Outline, Rule } from '../outline';
import type { OutlineSaver } from '../useOutlineSaver';
import { AverageFields } from './AverageFields';
import { CountFields } from './CountFields';
import { errorsAt } from './errors';
import { FormDrawer } from './FormDrawer';
import { type Known, namesOf } from './known';
import { PointsFields } from './PointsFields';
import { type RuleFields, tidyRule } from './rule';

const types = [
  { value: 'none', label: 'People decide: nothing is computed' },
  { value: 'points', label: 'Points: ratings are added up' },
  { value: 'shape', label: 'Shape: each competency reaches what is expected' },
  { value: 'count', label: 'Count: enough competencies reach a point' },
  { value: 'average', label: 'Average: the average is high enough' },
  { value: 'manual', label: 'By hand: people read the ratings together' },
];

type PanelProps = { rule: Rule | undefined; known: Known; readOnly: boolean; onOpen: () => void };

/** How a level follows from ratings, in words. */
export function RulePanel({ rule, known, readOnly, onOpen }: PanelProps) {
  return (
    <Panel
      title="How advice follows from ratings"
      aside={<Button onClick={onOpen}>{readOnly ? 'View the rule' : 'Change the rule'}</Button>}
    >
      <div className={classes.body}>
        <RuleWords rule={rule} names={namesOf(known)} />
      </div>
    </Panel>
  );
}

type FormProps = {
  outline: Outline;
  known: Known;
  saver: OutlineSaver;
  readOnly: boolean;
  onClose: () => void;
};

/** How ratings become advice, with its meaning in words beside it. */
export function RuleForm({ outline, known, saver, readOnly, onClose }: FormProps) {
  const [rule, setRule] = useState<Rule>(outline.rule ?? { type: 'none' });
  const wrong = errorsAt(saver.details, '/rule');
  const fields = { rule, known, wrong, onChange: setRule };
  return (
    <FormDrawer
      title="How advice follows from ratings"
      saver={saver}
      readOnly={readOnly}
      submit="Save the rule"
      size="xl"
      onSubmit={(close) =>
        saver.save('change the rule', (now) => ({ ...now, rule: tidyRule(rule) }), close)
      }
      onClose={onClose}
    >
      <div className={classes.beside}>
        <div className={classes.form}>
          <Select
            label="What is computed"
            data={types}
            value={rule.type}
            error={wrong('', 'type')}
            onChange={(type) => setRule({ ...rule, type: type ?? 'none' })}
          />
          {rule.type === 'points' && <PointsFields {...fields} />}
          {rule.type === 'shape' && <ShapeFields {...fields} />}
          {rule.type === 'count' && <CountFields {...fields} />}
          {rule.type === 'average' && <AverageFields {...fields} />}
        </div>
        <section className={classes.inWords} aria-label="In words" aria-live="polite">
          <h3 className={classes.legend}>In words</h3>
          <RuleWords rule={tidyRule(rule)} names={namesOf(known)} />
        </section>
      </div>
    </FormDrawer>
  );
}

function ShapeFields({ rule, wrong, onChange }: RuleFields) {
  return (
    <>
      <p className={ui.second}>
        What each level expects is set with the competencies. Here you set how close is close
        enough.
      </p>
      <div className={classes.pair}>
        <NumberInput
          label="Points below that still count"
          min={0}
          max={20}
          allowDecimal={false}
          value={rule.tolerance ?? 0}
          error={wrong('tolerance')}
          onChange={(value) => onChange({ ...rule, tolerance: Number(value) || 0 })}
        />
        <NumberInput
          label="Competencies that must reach the level"
          placeholder="All"
          min={0}
          max={200}
          allowDecimal={false}
          value={rule.minMet || ''}
          error={wrong('minMet')}
          onChange={(value) => onChange({ ...rule, minMet: Number(value) || 0 })}
        />
      </div>
    </>
  );
}
