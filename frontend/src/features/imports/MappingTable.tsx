import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { count } from '../../components/format';
import table from '../../components/table/table.module.css';
import { Chip, cx, Panel, ui } from '../../components/ui';
import classes from './imports.module.css';
import type { Preview } from './job';
import { type Columns, chosen, detected, fromPreset, lacking } from './mapping';

type Props = {
  preview: Preview;
  pending: boolean;
  onSheet: (sheet: string) => void;
  onCheck: (columns: Columns, dateOrder: string) => void;
};

/** What each column of a file is read as, to check and to change. */
export function MappingTable({ preview, pending, onSheet, onCheck }: Props) {
  const [columns, setColumns] = useState(() => detected(preview));
  const [dateOrder, setDateOrder] = useState('');
  const missing = lacking(preview, columns);
  const { format, presets } = preview;
  return (
    <Panel
      title="Columns"
      aside={preview.remembered && <Chip tone="accent">As you chose last time</Chip>}
    >
      <div className={classes.settings}>
        <p className={cx(ui.small, ui.second, classes.wide)}>{formatWords(preview)}</p>
        <NativeSelect
          label="Comes from"
          defaultValue="generic"
          onChange={(event) => setColumns(fromPreset(preview, event.currentTarget.value))}
          data={presets.map(({ key, name }) => ({ value: key, label: name }))}
        />
        {format.sheets && format.sheets.length > 1 && (
          <NativeSelect
            label="Sheet"
            value={format.sheet}
            onChange={(event) => onSheet(event.currentTarget.value)}
            data={format.sheets}
          />
        )}
        <NativeSelect
          label="A date such as 03/04/2026"
          value={dateOrder}
          onChange={(event) => setDateOrder(event.currentTarget.value)}
          data={[
            { value: '', label: 'As the file suggests' },
            { value: 'day', label: 'Day first: 3 April' },
            { value: 'month', label: 'Month first: 4 March' },
          ]}
        />
      </div>
      <ColumnRows
        preview={preview}
        columns={columns}
        onChoose={(header, field) => setColumns(chosen(columns, header, field))}
      />
      <div className={cx(ui.row, classes.foot)}>
        <span role="status" className={cx(ui.grow, ui.small, missing.length > 0 && ui.bad)}>
          {missing.length > 0
            ? `No column is chosen for ${missing.join(', ')}.`
            : 'Nothing changes yet. The file is checked first.'}
        </span>
        <Button
          variant="filled"
          loading={pending}
          aria-disabled={missing.length > 0}
          onClick={() => missing.length === 0 && onCheck(columns, dateOrder)}
        >
          Check the file
        </Button>
      </div>
    </Panel>
  );
}

function formatWords({ file, format, columns }: Preview): string {
  const how =
    format.kind === 'xlsx'
      ? `workbook, sheet ${format.sheet}`
      : `CSV with ${format.delimiter} between cells, ${format.encoding}`;
  return `${file.name}: ${how}, ${count(columns.length, 'column')}. It is kept for 24 hours.`;
}

type RowsProps = {
  preview: Preview;
  columns: Columns;
  onChoose: (header: string, field: string) => void;
};

function ColumnRows({ preview, columns, onChoose }: RowsProps) {
  const fields = [
    { value: '', label: 'Not used' },
    ...preview.fields.map(({ key, name }) => ({ value: key, label: sentence(name) })),
  ];
  return (
    <div className={classes.scroll}>
      <table className={cx(table.table, table.reading, table.list)} aria-label="Columns">
        <thead>
          <tr>
            <th scope="col">Column of the file</th>
            <th scope="col">Values</th>
            <th scope="col">Is read as</th>
          </tr>
        </thead>
        <tbody>
          {preview.columns.map(({ header, samples }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have the same header, and their places do not change
            <tr key={at}>
              <th scope="row">{header || `Column ${at + 1}`}</th>
              <td className={cx(ui.small, ui.second, classes.samples)}>
                {samples.slice(0, 3).join(', ')}
              </td>
              <td>
                <NativeSelect
                  size="xs"
                  aria-label={`${header || `Column ${at + 1}`} is`}
                  value={columns[header] ?? ''}
                  onChange={(event) => onChoose(header, event.currentTarget.value)}
                  data={fields}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function sentence(name: string): string {
  const bare = name.replace(/^the /, '');
  return bare.charAt(0).toUpperCase() + bare.slice(1);
}
