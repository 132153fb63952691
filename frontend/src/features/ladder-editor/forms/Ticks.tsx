import { Checkbox } from '@mantine/core';
import classes from '../editor.module.css';
import type { Choice } from './known';

type Props = {
  label: string;
  choices: Choice[];
  value: string[];
  error: string | undefined;
  onChange: (values: string[]) => void;
};

/** Checkboxes. The result keeps the order of the choices. */
export function Ticks({ label, choices, value, error, onChange }: Props) {
  const order = choices.map((choice) => choice.value);
  return (
    <Checkbox.Group
      label={label}
      value={value}
      error={error}
      onChange={(next) => onChange(next.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)))}
    >
      <div className={classes.ticks}>
        {choices.map((choice) => (
          <Checkbox key={choice.value} value={choice.value} label={choice.label} />
        ))}
      </div>
    </Checkbox.Group>
  );
}
