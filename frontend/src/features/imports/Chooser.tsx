import { type DragEvent, useState } from 'react';
import { cx, ui } from '../../components/ui';
import classes from './imports.module.css';

export const ACCEPT =
  '.csv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

type Props = {
  label: string;
  help: string;
  pending: boolean;
  onFile: (file: File | null) => void;
};

/** Takes a file that is chosen or dropped. */
export function Chooser({ label, help, pending, onFile }: Props) {
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file) onFile(file);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut, the field inside does the same
    <div
      className={cx(ui.panel, classes.choose)}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <label className={classes.file}>
        <span className={ui.bold}>{label} file (CSV or Excel)</span>
        <span className={cx(ui.small, ui.second)}>{help} Choose it or drop it here.</span>
        <input
          type="file"
          accept={ACCEPT}
          onChange={(event) => onFile(event.currentTarget.files?.[0] ?? null)}
        />
      </label>
      {pending && (
        <p role="status" className={cx(ui.small, ui.second)}>
          Uploading the file
        </p>
      )}
    </div>
  );
}
