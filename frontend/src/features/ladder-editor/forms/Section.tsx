import type { ReactNode } from 'react';
import { Chip, cx, ui } from '../../../components/ui';
import classes from '../editor.module.css';

type Props = {
  title: string;
  /** What is in it, so that it need not be opened. */
  hint: string;
  open?: boolean;
  /** How many errors stand inside. */
  errors?: number;
  children: ReactNode;
};

/** One question of an owner, folded until it is asked. */
export function Section({ title, hint, open = false, errors = 0, children }: Props) {
  return (
    <details className={classes.section} open={open}>
      <summary>
        <h2>{title}</h2>
        <span className={cx(ui.small, ui.second)}>{hint}</span>
        {errors > 0 && <Chip tone="bad">{errors} to mend</Chip>}
      </summary>
      <div className={classes.stack}>{children}</div>
    </details>
  );
}
