import type { ReactNode } from 'react';
import { cx } from '../ui';
import classes from './table.module.css';

type Props = { label: string; className?: string | undefined; children: ReactNode };

/** The frame of a table that may be wider than the screen: it also scrolls with the keyboard. */
export function TableFrame({ label, className, children }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable
    <section className={cx(classes.scroll, className)} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
