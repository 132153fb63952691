import { IconAlertTriangle } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import { Chip, cx, Face, ui } from '../ui';
import classes from './field.module.css';

type Control = { id: string; 'aria-describedby': string | undefined; 'aria-invalid': boolean };

type Props = {
  label: string;
  /** The person whom the text is about, to catch text pasted for somebody else. */
  about?: string;
  audience?: ReactNode;
  help?: ReactNode;
  error?: string | undefined;
  children: (control: Control) => ReactNode;
};

/** A labelled control with whom it is about, who reads it, help and errors. */
export function Field({ label, about, audience, help, error, children }: Props) {
  const id = useId();
  const notes = help || error ? `${id}-notes` : undefined;
  return (
    <div className={classes.field}>
      <div className={classes.head}>
        <label htmlFor={id} className={classes.label}>
          {label}
        </label>
        {about && (
          <Chip>
            <Face name={about} size="small" />
            about {about}
          </Chip>
        )}
        <span className={classes.audience}>{audience}</span>
      </div>
      {children({ id, 'aria-describedby': notes, 'aria-invalid': error !== undefined })}
      <div id={notes} className={classes.notes}>
        {error && (
          <p className={cx(classes.error)}>
            <IconAlertTriangle size={14} stroke={1.5} aria-hidden="true" />
            {error}
          </p>
        )}
        {help && <div className={cx(ui.tiny, ui.muted)}>{help}</div>}
      </div>
    </div>
  );
}
