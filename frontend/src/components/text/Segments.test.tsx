import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Segment } from '../../api/types';
import { renderUi } from '../../test/render';
import { Segments } from './Segments';

const segments: Segment[] = [
  { text: 'Helps ', change: 'same' },
  { text: 'only ', change: 'removed' },
  { text: 'junior ', change: 'same' },
  { text: 'and mid-level ', change: 'new' },
  { text: 'engineers.', change: 'same' },
];

test('new words are marked, also for screen readers, without the spaces around them', () => {
  const { container } = renderUi(<p>{<Segments segments={segments} />}</p>);
  expect(container.querySelector('ins')?.textContent).toBe('new: and mid-level');
  expect(container.querySelector('del')).toBeNull();
  expect(container.querySelector('p')?.textContent).toBe(
    'Helps junior new: and mid-level engineers.',
  );
});

test('removed words appear on demand', () => {
  renderUi(<Segments segments={segments} removed />);
  expect(screen.getByText('only').tagName).toBe('DEL');
});

test('without marks it is plain text', () => {
  const { container } = renderUi(<p>{<Segments segments={segments} marked={false} />}</p>);
  expect(container.querySelector('ins')).toBeNull();
  expect(container.querySelector('p')?.textContent).toBe('Helps junior and mid-level engineers.');
});
