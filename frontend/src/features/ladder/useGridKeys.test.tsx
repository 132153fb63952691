import { fireEvent, render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { useGridKeys } from './useGridKeys';

function Grid({ rows, columns }: { rows: number; columns: number }) {
  const { keys, cell } = useGridKeys({ row: 0, column: 1 }, rows, columns);
  return (
    // biome-ignore lint/a11y/useSemanticElements: only the keys are tested
    <div role="grid" tabIndex={-1} {...keys}>
      {Array.from({ length: rows * columns }, (_, i) => {
        const [row, column] = [Math.floor(i / columns), i % columns];
        return (
          <button type="button" key={`${row}.${column}`} {...cell(row, column)}>
            {`${row}.${column}`}
          </button>
        );
      })}
    </div>
  );
}

const stops = () =>
  screen.getAllByRole('button').flatMap((each) => (each.tabIndex === 0 ? [each.textContent] : []));
const press = (key: string, ctrlKey = false) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ctrlKey });

test('the one tab stop follows the keys and the focus, even when the grid is redrawn', () => {
  const { rerender } = render(<Grid rows={3} columns={3} />);
  expect(stops()).toEqual(['0.1']);
  screen.getByText('0.1').focus();
  press('ArrowDown');
  press('ArrowRight');
  expect(document.activeElement?.textContent).toBe('1.2');
  expect(stops()).toEqual(['1.2']);
  rerender(<Grid rows={3} columns={3} />);
  expect(stops()).toEqual(['1.2']);
  screen.getByText('2.0').focus();
  expect(stops()).toEqual(['2.0']);
  press('End', true);
  expect(stops()).toEqual(['2.2']);
});

test('a grid that has become smaller still has its tab stop', () => {
  const { rerender } = render(<Grid rows={3} columns={3} />);
  screen.getByText('2.2').focus();
  rerender(<Grid rows={2} columns={2} />);
  expect(stops()).toEqual(['1.1']);
});
