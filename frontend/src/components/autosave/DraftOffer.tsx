import { Button } from '@mantine/core';
import { dueWords } from '../format';
import classes from './autosave.module.css';
import type { Autosave } from './useAutosave';

/** Offers the text from an earlier visit that never reached the server. */
export function DraftOffer<T>({ autosave }: { autosave: Autosave<T> }) {
  if (!autosave.kept) return null;
  return (
    <div className={classes.kept} role="status">
      <p>Your text from {dueWords(autosave.kept.at)} was not saved. It is kept on this device.</p>
      <Button size="xs" onClick={autosave.restore}>
        Put it back
      </Button>
      <Button size="xs" variant="subtle" onClick={autosave.discardKept}>
        Discard
      </Button>
    </div>
  );
}
