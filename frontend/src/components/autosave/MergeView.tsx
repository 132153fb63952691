import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { diffWords } from '../text/diffWords';
import { Segments } from '../text/Segments';
import { cx, ui } from '../ui';
import classes from './autosave.module.css';

export type Version = { text: string; facts?: string };
export type Choice = { side: 'mine' | 'theirs'; text: string };

type Props = {
  /** What both versions are about: "Mentoring". */
  about: string;
  mine: Version;
  theirs: Version;
  onSave: (choice: Choice) => void;
};

/** Two versions of one text side by side: choose one, edit the result. Nothing is discarded until then. */
export function MergeView({ about, mine, theirs, onSave }: Props) {
  const [choice, setChoice] = useState<Choice>({ side: 'mine', text: mine.text });
  return (
    <section
      className={classes.merge}
      data-merge
      tabIndex={-1}
      aria-label="You wrote in two places"
    >
      <div className={classes.mergeHead}>
        <h2>You wrote in two places. Both are kept.</h2>
        <p className={cx(ui.small, ui.second)}>{about}. Choose one, then edit the result.</p>
      </div>
      <fieldset className={classes.sides} aria-label="Which version">
        <Side
          label="Use mine"
          version={mine}
          other={theirs}
          chosen={choice.side === 'mine'}
          onChoose={() => setChoice({ side: 'mine', text: mine.text })}
        />
        <Side
          label="Use theirs"
          version={theirs}
          other={mine}
          chosen={choice.side === 'theirs'}
          onChoose={() => setChoice({ side: 'theirs', text: theirs.text })}
        />
      </fieldset>
      <div className={classes.result}>
        <Textarea
          label="Result (you can edit it)"
          autosize
          minRows={3}
          value={choice.text}
          onChange={(event) => setChoice({ ...choice, text: event.currentTarget.value })}
        />
      </div>
      <div className={classes.mergeFoot}>
        <Button variant="filled" onClick={() => onSave(choice)}>
          Save the result
        </Button>
      </div>
    </section>
  );
}

type SideProps = {
  label: string;
  version: Version;
  other: Version;
  chosen: boolean;
  onChoose: () => void;
};

function Side({ label, version, other, chosen, onChoose }: SideProps) {
  return (
    <label className={classes.side}>
      <input type="radio" name="merge" aria-label={label} checked={chosen} onChange={onChoose} />
      <span>
        <span className={cx(ui.tiny, ui.medium)}>
          {label === 'Use mine' ? 'This window' : 'The other version'}
        </span>
        <br />
        {version.facts && <span className={ui.second}>{version.facts}. </span>}
        <Segments segments={diffWords(other.text, version.text)} />
      </span>
    </label>
  );
}
