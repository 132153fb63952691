import { ActionIcon } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import classes from './editor.module.css';

type OrderProps = {
  name: string;
  first: boolean;
  last: boolean;
  onMove: (by: -1 | 1) => void;
  onDrop: () => void;
};

/** Up, down and remove for one entry of a list. */
export function Order({ name, first, last, onMove, onDrop }: OrderProps) {
  return (
    <span className={classes.order}>
      <ActionIcon
        variant="subtle"
        aria-label={`${name} up`}
        disabled={first}
        onClick={() => onMove(-1)}
      >
        <IconArrowUp size={16} stroke={1.5} />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        aria-label={`${name} down`}
        disabled={last}
        onClick={() => onMove(1)}
      >
        <IconArrowDown size={16} stroke={1.5} />
      </ActionIcon>
      <ActionIcon variant="subtle" aria-label={`Remove ${name}`} onClick={onDrop}>
        <IconTrash size={16} stroke={1.5} />
      </ActionIcon>
    </span>
  );
}
