import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { LevelGlyph, levelHeight } from './LevelGlyph';
import { Meter, RatingWord } from './Meter';
import { Steps } from './Steps';

test('M1 is as high as IC5, and an unknown level is empty', () => {
  expect(levelHeight('M1')).toBe(levelHeight('IC5'));
  expect(levelHeight('IC7')).toBe(5);
  expect(levelHeight('XX')).toBe(0);
});

test.each([
  [null, 0],
  [0, 0],
  [1, 1],
  [3, 3],
] as const)('a rating of %s fills %d bars', (rating, filled) => {
  const { container } = render(<Meter rating={rating} />);
  expect(container.querySelectorAll('.barFull')).toHaveLength(filled);
  expect(container.querySelectorAll('rect')).toHaveLength(3);
});

test('a mark alone has a name, and a mark beside its word is hidden from screen readers', () => {
  render(<Meter rating={2} alone />);
  expect(screen.getByRole('img', { name: 'Met' })).toBeTruthy();
  render(<LevelGlyph level="IC5" alone />);
  expect(screen.getByRole('img', { name: 'IC5' })).toBeTruthy();
  const { container } = render(<RatingWord rating={null} />);
  expect(container.textContent).toBe('Not rated yet');
  expect(container.querySelector('[role="img"]')).toBeNull();
});

test('the step of the reader is amber', () => {
  const { container } = render(<Steps steps={5} now={2} mine />);
  const kinds = [...container.querySelectorAll('rect')].map((step) => step.getAttribute('class'));
  expect(kinds).toEqual(['stepDone', 'stepTurn', 'stepTodo', 'stepTodo', 'stepTodo']);
});
