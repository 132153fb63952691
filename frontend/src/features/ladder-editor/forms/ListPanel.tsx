import { Button, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import table from '../../../components/table/table.module.css';
import { cx, Panel, ui } from '../../../components/ui';
import classes from '../editor.module.css';
import { Order } from '../Order';

type Column<T> = { head: string; cell: (entry: T) => ReactNode };

type Props<T> = {
  title: string;
  /** The name of the table. It defaults to the title. */
  label?: string;
  /** The label of the button that adds an entry. */
  add: string;
  /** What the list is for, shown while it is empty. */
  empty?: string;
  list: T[];
  codeOf: (entry: T) => string;
  nameOf: (entry: T) => string;
  first: string;
  columns: Column<T>[];
  readOnly: boolean;
  /** Opens the entry at a place, or a new one without a place. */
  onOpen: (at?: number) => void;
  onMove: (at: number, by: -1 | 1) => void;
  onDrop: (at: number) => void;
};

/** A list in reading order whose entries open in a form. */
export function ListPanel<T>(props: Props<T>) {
  const { title, label = title, add, empty, list, codeOf, readOnly, onOpen } = props;
  const aside = !readOnly && <Button onClick={() => onOpen()}>{add}</Button>;
  return (
    <Panel title={title} aside={aside}>
      {list.length === 0 && <p className={cx(classes.body, ui.second)}>{empty}</p>}
      {list.length > 0 && (
        <div className={classes.wide}>
          <table className={cx(table.table, table.list)} aria-label={label}>
            <thead>
              <tr>
                <th scope="col">{props.first}</th>
                {props.columns.map(({ head }) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ))}
                <th scope="col" className={ui.right}>
                  <VisuallyHidden>Order</VisuallyHidden>
                </th>
              </tr>
            </thead>
            <tbody>
              {list.map((entry, at) => (
                <Row key={codeOf(entry)} {...props} entry={entry} at={at} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}

function Row<T>(props: Props<T> & { entry: T; at: number }) {
  const { entry, at, list, nameOf, columns, readOnly, onOpen, onMove, onDrop } = props;
  return (
    <tr>
      <th scope="row">
        <button type="button" className={ui.link} onClick={() => onOpen(at)}>
          {nameOf(entry)}
        </button>
      </th>
      {columns.map(({ head, cell }) => (
        <td key={head}>{cell(entry)}</td>
      ))}
      <td className={ui.right}>
        {!readOnly && (
          <Order
            name={nameOf(entry)}
            first={at === 0}
            last={at === list.length - 1}
            onMove={(by) => onMove(at, by)}
            onDrop={() => onDrop(at)}
          />
        )}
      </td>
    </tr>
  );
}
