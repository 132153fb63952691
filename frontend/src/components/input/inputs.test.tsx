import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import type { Rating, Vote } from '../../api/types';
import { renderUi } from '../../test/render';
import { digitWords } from './choices';
import { RatingInput } from './RatingInput';
import { RatingRow } from './RatingRow';
import { VoteInput } from './VoteInput';

function Cards({ readOnly = false }: { readOnly?: boolean }) {
  const [rating, setRating] = useState<Rating>(null);
  return (
    <RatingInput label="Your rating" value={rating} onChange={setRating} readOnly={readOnly} />
  );
}

function Ballot() {
  const [vote, setVote] = useState<Vote | null>(null);
  return <VoteInput value={vote} onChange={setVote} />;
}

const checked = () =>
  screen.getAllByRole('radio').findIndex((radio) => radio.getAttribute('aria-checked') === 'true');

test('there is one tab stop, and arrows move, choose and wrap around', async () => {
  renderUi(<Cards />);
  await userEvent.tab();
  await userEvent.keyboard('{ArrowRight}');
  expect(checked()).toBe(1);
  expect(document.activeElement).toBe(screen.getByRole('radio', { name: /Partly/ }));
  await userEvent.keyboard('{ArrowLeft}{ArrowLeft}');
  expect(checked()).toBe(3);
  expect(screen.getAllByRole('radio').filter((radio) => radio.tabIndex === 0)).toHaveLength(1);
});

test('digits choose', async () => {
  renderUi(<Cards />);
  await userEvent.tab();
  await userEvent.keyboard('2');
  expect(checked()).toBe(2);
});

test('a read-only rating does not change', async () => {
  renderUi(<Cards readOnly />);
  await userEvent.click(screen.getByRole('radio', { name: /Met/ }));
  await userEvent.keyboard('3');
  expect(checked()).toBe(-1);
});

test('a digit in a row rates and moves on, an arrow key stays', async () => {
  const onChange = vi.fn();
  const onDigit = vi.fn();
  renderUi(<RatingRow label="Mentoring" value={1} onChange={onChange} onDigit={onDigit} />);
  await userEvent.tab();
  await userEvent.keyboard('3');
  expect(onChange).toHaveBeenLastCalledWith(3);
  expect(onDigit).toHaveBeenCalledTimes(1);
  await userEvent.keyboard('{ArrowLeft}');
  expect(onDigit).toHaveBeenCalledTimes(1);
  expect(onChange).toHaveBeenLastCalledWith(0);
});

test('a vote is one of three words', async () => {
  renderUi(<Ballot />);
  await userEvent.click(screen.getByRole('radio', { name: 'Not yet' }));
  expect(checked()).toBe(1);
  await userEvent.keyboard('{ArrowLeft}');
  expect(screen.getByRole('radio', { name: 'Approve' }).getAttribute('aria-checked')).toBe('true');
});

test('the digits that choose follow the length of the scale', () => {
  expect([1, 3, 4, 12].map(digitWords)).toEqual(['0', '0 to 2', '0 to 3', '0 to 9']);
});
