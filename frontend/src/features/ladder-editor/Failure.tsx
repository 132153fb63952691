import { cx, ui } from '../../components/ui';
import classes from './editor.module.css';
import { sentence } from './forms/errors';
import type { OutlineSaver } from './useOutlineSaver';

type Props = {
  saver: OutlineSaver;
  /** Opens the form where an error can be fixed, if there is one. */
  onMend?: ((pointer: string) => (() => void) | undefined) | undefined;
};

/** Screen readers start here once something is wrong. */
const begin = (node: HTMLElement | null) => node?.focus();

/** Why the last change was not saved, with one line for each field. */
export function Failure({ saver, onMend }: Props) {
  if (!saver.error) return null;
  return (
    <div role="alert" className={cx(ui.small, ui.bad)} tabIndex={-1} ref={begin}>
      {saver.error.message}
      <ul className={classes.errors}>
        {saver.details.map((detail) => {
          const mend = onMend?.(detail.pointer ?? '');
          return (
            <li key={`${detail.pointer ?? ''}:${detail.message}`}>
              {sentence(detail)}{' '}
              {mend && (
                <button type="button" className={ui.link} onClick={mend}>
                  Fix it
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
