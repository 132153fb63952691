import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { Phase } from '../../api/types';
import { bar } from '../../test/fixtures/assessment';
import { renderUi } from '../../test/render';
import { CaseBar } from './CaseBar';
import { CaseSteps } from './CaseSteps';

test('state, turn, date and readers in this order', () => {
  renderUi(<CaseBar bar={bar} />);
  const text = screen.getByRole('group', { name: 'Where this stands' }).textContent ?? '';
  const order = [
    'Self-assessment',
    'step 2 of 5',
    'Turn',
    'You',
    'By',
    '4 Dec',
    'Read by',
    'Only you',
  ];
  const places = order.map((words) => text.indexOf(words));
  expect(places).not.toContain(-1);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
});

test('a missing date is stated', () => {
  renderUi(<CaseBar bar={{ ...bar, dueAt: null }} />);
  expect(screen.getByText('no date yet')).toBeTruthy();
});

test('the list of readers gives a reason for each', async () => {
  renderUi(<CaseBar bar={bar} />);
  await userEvent.click(screen.getByRole('button', { name: /Read by Only you/ }));
  const list = await screen.findByRole('dialog');
  expect(within(list).getByText('your manager')).toBeTruthy();
  expect(within(list).getByText('Next, after you submit')).toBeTruthy();
});

test('the stepper marks one phase as current', () => {
  const phase = (key: string, state: Phase['state']): Phase => ({
    key,
    words: key,
    state,
    at: null,
    by: null,
  });
  renderUi(
    <CaseSteps
      phases={[phase('Draft', 'done'), phase('Letters', 'now'), phase('Submitted', 'todo')]}
    />,
  );
  const current = screen
    .getAllByRole('listitem')
    .filter((step) => step.getAttribute('aria-current') === 'step');
  expect(current.map((step) => step.textContent)).toEqual(['Lettersnow']);
});
