import { ActionIcon, Button, Checkbox, MultiSelect, NumberInput, Select } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { ui } from '../../../components/ui';
import classes from '../editor.module.css';
import { competencyChoices, type Known, orGone, pointChoices } from './known';
import type { RuleFields, Weight } from './rule';

/** The value that the average must exceed, the ratings that nobody may receive, and the weight of each competency. */
export function AverageFields({ rule, known, wrong, onChange }: RuleFields) {
  const { above, without = [], noSkip = false, weights = [] } = rule;
  const { above: _, ...rest } = rule;
  const put = (at: number, weight: Weight) =>
    onChange({ ...rule, weights: weights.with(at, weight) });
  return (
    <>
      <NumberInput
        label="The average must be above"
        description="The average of the values of the points. Points without a value count with their place on the scale."
        required
        decimalScale={3}
        value={above ?? ''}
        error={wrong('above')}
        onChange={(value) => onChange(value === '' ? rest : { ...rule, above: Number(value) })}
      />
      <MultiSelect
        label="Ratings nobody may receive"
        data={pointChoices(known)}
        value={without}
        error={wrong('without')}
        onChange={(keys) => onChange({ ...rule, without: keys })}
      />
      <Checkbox
        label="Only the next level can be reached"
        checked={noSkip}
        onChange={(event) => onChange({ ...rule, noSkip: event.currentTarget.checked })}
      />
      <fieldset className={classes.plain}>
        <legend className={classes.legend}>Competencies that count more or less</legend>
        <p className={ui.second}>All others count once.</p>
        {wrong('weights') && <p className={ui.bad}>{wrong('weights')}</p>}
        {weights.map((weight, at) => (
          <WeightFields
            // biome-ignore lint/suspicious/noArrayIndexKey: a weight has no identity besides its place
            key={at}
            name={`Weight ${at + 1}`}
            known={known}
            weight={weight}
            onChange={(next) => put(at, next)}
            onDrop={() => onChange({ ...rule, weights: weights.toSpliced(at, 1) })}
          />
        ))}
        <div>
          <Button
            size="xs"
            onClick={() =>
              onChange({
                ...rule,
                weights: [...weights, { competency: known.competencies[0]?.code ?? '', weight: 2 }],
              })
            }
          >
            Add a weight
          </Button>
        </div>
      </fieldset>
    </>
  );
}

type WeightProps = {
  name: string;
  known: Known;
  weight: Weight;
  onChange: (weight: Weight) => void;
  onDrop: () => void;
};

function WeightFields({ name, known, weight, onChange, onDrop }: WeightProps) {
  const tracks = known.tracks.map((track) => ({
    value: track.code,
    label: `on ${track.name || track.code}`,
  }));
  return (
    <div className={classes.weight}>
      <Select
        size="xs"
        aria-label={`${name}: competency`}
        searchable
        data={orGone(competencyChoices(known), weight.competency)}
        value={weight.competency || null}
        onChange={(code) => onChange({ ...weight, competency: code ?? '' })}
      />
      <Select
        size="xs"
        aria-label={`${name}: track`}
        placeholder="on every track"
        clearable
        data={orGone(tracks, weight.track ?? '')}
        value={weight.track || null}
        onChange={(track) => {
          const { track: _, ...rest } = weight;
          onChange(track === null ? rest : { ...rest, track });
        }}
      />
      <NumberInput
        size="xs"
        aria-label={`${name}: how often it counts`}
        min={0}
        max={1000}
        decimalScale={3}
        value={weight.weight}
        onChange={(value) => onChange({ ...weight, weight: Number(value) || 0 })}
      />
      <ActionIcon variant="subtle" aria-label={`Remove ${name.toLowerCase()}`} onClick={onDrop}>
        <IconTrash size={16} stroke={1.5} />
      </ActionIcon>
    </div>
  );
}
