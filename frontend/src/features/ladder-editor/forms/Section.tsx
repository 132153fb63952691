import type { ReactNode } from 'react';
import { Chip, cx, ui } from '../../../components/ui';
import classes from '../editor.module.css';

type Props = {
  title: string;
  /** A summary of the section, so that it need not be opened. */
  hint: string;
  open?: boolean;
  /** The number of errors inside. */
  errors?: number;
  children: ReactNode;
};

/** One question of an owner, folded until the owner opens it. */
export function Section({ title, hint, open = false, errors = 0, children }: Props) {
  return (
    <details className={classes.section} open={open}>
      <summary>
        <h2>{title}</h2>
        <span className={cx(ui.small, ui.second)}>{hint}</span>
        {errors > 0 && <Chip tone="bad">{errors} to fix</Chip>}
      </summary>
      <div className={classes.stack}>{children}</div>
    </details>
  );
}
