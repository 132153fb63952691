import { cx, ui } from '../../components/ui';
import classes from './editor.module.css';
import type { OutlineSaver } from './useOutlineSaver';

/** What kept the last change from being saved, one line for each field. */
export function Failure({ saver }: { saver: OutlineSaver }) {
  if (!saver.error) return null;
  return (
    <div role="alert" className={cx(ui.small, ui.bad)}>
      {saver.error.message}
      <ul className={classes.errors}>
        {saver.details.map(({ pointer, message, fix }) => (
          <li key={`${pointer ?? ''}:${message}`}>
            {message}. <span className={ui.second}>{fix}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
