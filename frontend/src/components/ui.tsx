import type { ReactNode } from 'react';
import classes from './ui.module.css';

export const ui = classes as Record<string, string>;

/** Joins the class names that are set. */
export function cx(...names: (string | false | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}

export function Kbd({ children }: { children: ReactNode }) {
  return (
    <span className={classes.kbd} aria-hidden="true">
      {children}
    </span>
  );
}

export type Tone = 'plain' | 'turn' | 'ok' | 'bad' | 'accent' | 'line';

export function Chip({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={classes.chip} data-tone={tone}>
      {children}
    </span>
  );
}

function initials(name: string): string {
  const parts = name.trim().split(/\s+/);
  return `${parts[0]?.[0] ?? ''}${parts.length > 1 ? (parts.at(-1)?.[0] ?? '') : ''}`.toUpperCase();
}

function faceNumber(name: string): number {
  return ([...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % 5) + 1;
}

/** Initials in a circle. They are decoration: the name always stands beside them. */
export function Face({ name, size = 'normal' }: { name: string; size?: 'normal' | 'small' }) {
  const face = faceNumber(name);
  const style = { background: `var(--rg-face-${face}-bg)`, color: `var(--rg-face-${face}-ink)` };
  return (
    <span className={classes.face} data-size={size} style={style} aria-hidden="true">
      {initials(name)}
    </span>
  );
}

type PanelProps = { title: ReactNode; aside?: ReactNode; children: ReactNode; label?: string };

export function Panel({ title, aside, children, label }: PanelProps) {
  return (
    <section className={classes.panel} aria-label={label}>
      <div className={classes.panelHead}>
        <h2>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
