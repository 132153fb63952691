import { Button, NumberInput, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Panel, ui } from '../../components/ui';
import classes from './editor.module.css';
import { Order } from './Order';
import { codeOf, moved, type Outline, type Scale } from './outline';
import type { OutlineSaver } from './useOutlineSaver';

type Props = { outline: Outline; saver: OutlineSaver; readOnly: boolean };

/** The scales on which people are rated, and the one that the ladder uses by default. */
export function ScalesPanel({ outline, saver, readOnly }: Props) {
  const scales = outline.scales ?? {};
  const codes = Object.keys(scales);
  const [fresh, setFresh] = useState('');
  const save = (what: string, change: (scales: Record<string, Scale>) => Record<string, Scale>) =>
    saver.save(what, (now) => ({ ...now, scales: change(now.scales ?? {}) }));
  return (
    <Panel title="Scales">
      <div className={classes.padded}>
        {codes.length === 0 && (
          <p className={ui.second}>
            People are rated from “Not shown” to “Exceeds”. Add a scale to use your own words.
          </p>
        )}
        {codes.length > 1 && (
          <Select
            label="The scale of competencies that choose none"
            data={codes}
            allowDeselect={false}
            disabled={readOnly}
            value={outline.rating || null}
            onChange={(rating) =>
              saver.save('choose the scale', (now) => ({ ...now, rating: rating ?? '' }))
            }
          />
        )}
        {codes.map((code) => (
          <ScaleForm
            key={`${code}:${JSON.stringify(scales[code])}`}
            code={code}
            scale={scales[code] ?? { points: [] }}
            readOnly={readOnly}
            onSave={(scale) =>
              save(`change the scale ${code}`, (now) => ({ ...now, [code]: scale }))
            }
            onDrop={() => save(`remove the scale ${code}`, ({ [code]: _, ...rest }) => rest)}
          />
        ))}
        {!readOnly && (
          <form
            className={classes.addName}
            onSubmit={(event) => {
              event.preventDefault();
              const code = codeOf(fresh);
              if (code === '') return;
              const points = [
                { point: 0, key: 'not-yet', label: 'Not yet', meaning: '' },
                { point: 1, key: 'met', label: 'Met', meaning: '' },
              ];
              const scale = { name: fresh.trim(), points };
              save(`add the scale ${fresh}`, (now) => ({ ...now, [code]: scale }));
              setFresh('');
            }}
          >
            <TextInput
              size="xs"
              aria-label="Name of a new scale"
              placeholder="Name of a new scale"
              value={fresh}
              onChange={(event) => setFresh(event.currentTarget.value)}
            />
            <Button size="xs" type="submit">
              Add
            </Button>
          </form>
        )}
      </div>
    </Panel>
  );
}

type ScaleProps = {
  code: string;
  scale: Scale;
  readOnly: boolean;
  onSave: (scale: Scale) => void;
  onDrop: () => void;
};

function ScaleForm({ code, scale, readOnly, onSave, onDrop }: ScaleProps) {
  const [points, setPoints] = useState(scale.points);
  const [meets, setMeets] = useState(scale.meets ?? '');
  const name = scale.name || code;
  const same = points === scale.points && meets === (scale.meets ?? '');
  const put = (at: number, part: Partial<Scale['points'][number]>) =>
    setPoints(points.map((point, i) => (i === at ? { ...point, ...part } : point)));
  const add = () =>
    setPoints([
      ...points,
      { point: points.length, key: `point-${points.length + 1}`, label: '', meaning: '' },
    ]);
  return (
    <fieldset className={classes.sentence} disabled={readOnly}>
      <legend className={classes.legend}>{name}</legend>
      {points.map((point, at) => (
        <div key={point.key} className={classes.point}>
          <TextInput
            size="xs"
            aria-label={`Point ${at + 1} of ${name}`}
            placeholder={point.key}
            value={point.label}
            onChange={(event) => put(at, { label: event.currentTarget.value })}
          />
          <TextInput
            size="xs"
            aria-label={`Meaning of point ${at + 1} of ${name}`}
            placeholder="What it means"
            value={point.meaning}
            onChange={(event) => put(at, { meaning: event.currentTarget.value })}
          />
          <NumberInput
            size="xs"
            aria-label={`Value of point ${at + 1} of ${name}`}
            placeholder="Value"
            value={point.value ?? ''}
            onChange={(value) => {
              const { value: _, ...rest } = point;
              const next = value === '' ? rest : { ...rest, value: Number(value) };
              setPoints(points.with(at, next));
            }}
          />
          {!readOnly && (
            <Order
              name={point.label || point.key}
              first={at === 0}
              last={at === points.length - 1}
              onMove={(by) => setPoints(moved(points, at, by))}
              onDrop={() => setPoints(points.toSpliced(at, 1))}
            />
          )}
        </div>
      ))}
      <Select
        size="xs"
        label="A level is met from"
        clearable
        placeholder="The last point"
        data={points.map(({ key, label }) => ({ value: key, label: label || key }))}
        value={meets || null}
        onChange={(key) => setMeets(key ?? '')}
      />
      {!readOnly && (
        <div className={ui.row}>
          <Button size="xs" onClick={add}>
            Add a point
          </Button>
          <Button size="xs" variant="subtle" onClick={onDrop}>
            Remove the scale
          </Button>
          {!same && (
            <Button
              size="xs"
              variant="filled"
              onClick={() =>
                onSave({
                  ...scale,
                  meets,
                  points: points.map((point, at) => ({ ...point, point: at })),
                })
              }
            >
              Save the scale
            </Button>
          )}
        </div>
      )}
    </fieldset>
  );
}
