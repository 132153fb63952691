import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { client } from '../../api/client';
import type { Audience } from '../../api/types';
import { renderUi } from '../../test/render';
import { ReadBy } from './ReadBy';

const pay: Audience = {
  icon: 'named',
  words: 'You and HR partners',
  now: [
    { who: 'You', why: 'The person themself' },
    { who: 'Ines Caldera', why: 'HR role, in scope' },
  ],
  next: [],
};

/** The server's answer, and the questions that it was asked. */
function answer(status: number, data?: Audience) {
  const response = new Response(null, { status });
  const get = vi.spyOn(client, 'GET').mockResolvedValue({ data, response } as never);
  const calls = get.mock.calls as unknown as [string, { params: { query: object } }][];
  return () => calls.map(([path, { params }]) => [path, params.query]);
}

afterEach(() => vi.restoreAllMocks());

test('it asks for the readers, shows the words and lists everybody', async () => {
  const asked = answer(200, pay);
  renderUi(<ReadBy resource="pay" />);
  await userEvent.click(
    await screen.findByRole('button', { name: /^Read by You and HR partners/ }),
  );
  expect(await screen.findByText('Ines Caldera')).toBeTruthy();
  expect(asked()).toEqual([['/explain/readers', { resource: 'pay' }]]);
});

test('a thing is named by its id, and asked about once', async () => {
  const asked = answer(200, pay);
  renderUi(
    <>
      <ReadBy resource="decision" id="c-1" />
      <ReadBy resource="decision" id="c-1" />
    </>,
  );
  expect(await screen.findAllByRole('button')).toHaveLength(2);
  expect(asked()).toEqual([['/explain/readers', { resource: 'decision', id: 'c-1' }]]);
});

test('it says nothing when the question is refused', async () => {
  const asked = answer(404);
  renderUi(<ReadBy resource="role_check" id="p-1" />);
  await waitFor(() => expect(asked()).toHaveLength(1));
  expect(screen.queryByRole('button')).toBeNull();
});
