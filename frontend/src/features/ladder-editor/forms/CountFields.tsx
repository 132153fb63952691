import { ActionIcon, Button, MultiSelect, NumberInput, Select } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { cx, ui } from '../../../components/ui';
import classes from '../editor.module.css';
import { competencyChoices, type Known, levelChoices, orGone, pointChoices } from './known';
import { demandsOf, orderOf, putCounting, type RuleFields, type Way, wayOf } from './rule';

/** What each level asks for: one of several ways, and nothing below a point. */
export function CountFields({ rule, known, wrong, onChange }: RuleFields) {
  const { counts = [] } = rule;
  const choices = levelChoices(known);
  const order = orderOf(
    choices.map(({ value }) => value),
    counts.map(({ level }) => level),
  );
  return (
    <>
      <p className={ui.second}>
        The rule advises the highest level whose demands are met. A level can be met in one of
        several ways, such as two competencies at one point, or all at a lower point.
      </p>
      {order.map((level) => (
        <LevelFields
          key={level}
          label={
            choices.find(({ value }) => value === level)?.label ??
            `${level}, which no longer exists`
          }
          known={known}
          counting={counts.find((each) => each.level === level)}
          wrong={errorOf(
            wrong,
            counts.findIndex((each) => each.level === level),
          )}
          onChange={(part) => onChange(putCounting(rule, order, level, part))}
        />
      ))}
    </>
  );
}

const errorOf = (wrong: RuleFields['wrong'], at: number) =>
  at < 0 ? undefined : wrong(`counts/${at}`);

type Counting = { any: Way[]; noneBelow?: string };

type LevelProps = {
  label: string;
  known: Known;
  counting: Counting | undefined;
  wrong: string | undefined;
  onChange: (part: Partial<Counting> | undefined) => void;
};

function LevelFields({ label, known, counting, wrong, onChange }: LevelProps) {
  const fresh: Way = { at: known.points.at(-1)?.key ?? '', n: 1 };
  if (!counting) {
    return (
      <div className={classes.asked}>
        <span>{label}</span>
        <Button size="xs" onClick={() => onChange({ any: [fresh] })}>
          Set what {label.split(' ')[0]} asks for
        </Button>
      </div>
    );
  }
  const { any, noneBelow = '' } = counting;
  const put = (at: number, demands: Way[]) => {
    const way = wayOf(demands);
    const next = way ? any.with(at, way) : any.toSpliced(at, 1);
    onChange(next.length > 0 ? { any: next } : undefined);
  };
  return (
    <fieldset className={classes.sentence}>
      <legend className={classes.legend}>{label}</legend>
      {wrong && <p className={ui.bad}>{wrong}</p>}
      {any.map((way, at) => (
        <WayFields
          // biome-ignore lint/suspicious/noArrayIndexKey: a way has no identity besides its place
          key={at}
          name={`${label}, way ${at + 1}`}
          first={at === 0}
          known={known}
          way={way}
          onChange={(demands) => put(at, demands)}
        />
      ))}
      <div className={cx(ui.row, ui.wrap)}>
        <Button size="xs" onClick={() => onChange({ any: [...any, fresh] })}>
          Add another way
        </Button>
        <Select
          size="xs"
          aria-label={`Nothing below, at ${label}`}
          placeholder="Nothing may be below …"
          clearable
          data={orGone(pointChoices(known), noneBelow).map((each) => ({
            ...each,
            label: `None below ${each.label}`,
          }))}
          value={noneBelow || null}
          onChange={(key) => onChange({ noneBelow: key ?? '' })}
        />
      </div>
    </fieldset>
  );
}

type WayProps = {
  name: string;
  first: boolean;
  known: Known;
  way: Way;
  onChange: (demands: Way[]) => void;
};

/** One way: demands that must all hold. */
function WayFields({ name, first, known, way, onChange }: WayProps) {
  const demands = demandsOf(way);
  return (
    <div className={classes.way}>
      {!first && <b>or</b>}
      {demands.map((demand, at) => (
        <DemandFields
          // biome-ignore lint/suspicious/noArrayIndexKey: a demand has no identity besides its place
          key={at}
          name={demands.length > 1 ? `${name}, part ${at + 1}` : name}
          known={known}
          demand={demand}
          onChange={(next) => onChange(demands.with(at, next))}
          onDrop={() => onChange(demands.toSpliced(at, 1))}
        />
      ))}
      <button
        type="button"
        className={ui.link}
        onClick={() => onChange([...demands, { at: known.points.at(-1)?.key ?? '', n: 1 }])}
      >
        and also …
      </button>
    </div>
  );
}

type DemandProps = {
  name: string;
  known: Known;
  demand: Way;
  onChange: (demand: Way) => void;
  onDrop: () => void;
};

const many = [
  { value: 'n', label: 'At least' },
  { value: 'all', label: 'All' },
];

/** A number of competencies at a point or above, and some competencies by name. */
function DemandFields({ name, known, demand, onChange, onDrop }: DemandProps) {
  const { at, n = 0, all = false, including = [] } = demand;
  const put = (part: Partial<Way>) => onChange(tidy({ ...demand, ...part }));
  return (
    <div className={classes.demand}>
      <Select
        size="xs"
        aria-label={`${name}: how many`}
        data={many}
        value={all ? 'all' : 'n'}
        onChange={(value) => put(value === 'all' ? { all: true, n: 0 } : { all: false, n: n || 1 })}
      />
      <NumberInput
        size="xs"
        aria-label={`${name}: number`}
        disabled={all}
        min={0}
        max={200}
        allowDecimal={false}
        value={all ? '' : n || ''}
        onChange={(value) => put({ n: Number(value) || 0 })}
      />
      <Select
        size="xs"
        aria-label={`${name}: at or above`}
        data={orGone(pointChoices(known), at).map((each) => ({
          ...each,
          label: `at ${each.label}`,
        }))}
        value={at || null}
        onChange={(key) => put({ at: key ?? '' })}
      />
      <MultiSelect
        size="xs"
        aria-label={`${name}: including`}
        placeholder={including.length === 0 ? 'including …' : ''}
        data={competencyChoices(known)}
        value={including}
        onChange={(codes) => put({ including: codes })}
      />
      <ActionIcon variant="subtle" aria-label={`Remove ${name}`} onClick={onDrop}>
        <IconTrash size={16} stroke={1.5} />
      </ActionIcon>
    </div>
  );
}

/** A demand without its empty fields. */
function tidy({ at, n, all, including = [] }: Way): Way {
  return { at, ...(n && { n }), ...(all && { all }), ...(including.length > 0 && { including }) };
}
