import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import type { Ballot, Case } from '../../api/types';
import type { Autosave } from '../../components/autosave/useAutosave';
import { bar } from '../../test/fixtures/assessment';
import { renderUi } from '../../test/render';
import { BallotForm } from './BallotForm';
import type { BallotInput } from './missing';

const names = ['System design', 'Mentoring', 'Writing'];
const coverage = names.map((name) => ({
  competency: name.toLowerCase(),
  name,
  rating: 2,
  needs: 2,
  pieces: [],
  newestOn: null,
  flag: null,
}));
const promotion = { id: 'k', coverage } as unknown as Case;
const empty: BallotInput = {
  marks: {},
  reasons: {},
  vote: null,
  confidence: null,
  reason: '',
  notes: '',
};
const ballot: Ballot = {
  ...empty,
  version: 1,
  state: 'draft',
  sealedAt: null,
  changedSinceSeal: false,
  missing: [],
  closesAt: null,
  notesAudience: bar.audience,
  bar,
};

function Form() {
  const [value, setValue] = useState(empty);
  const [focus, setFocus] = useState<string | null>(null);
  const idle = {
    flush: vi.fn(),
    restore: vi.fn(),
    discardKept: vi.fn(),
    resolve: vi.fn(),
    theirs: null,
    kept: null,
  };
  const autosave: Autosave<BallotInput> = {
    ...idle,
    value,
    status: { kind: 'idle' },
    change: setValue,
  };
  return (
    <BallotForm
      promotion={promotion}
      ballot={ballot}
      autosave={autosave}
      focus={focus}
      onFocus={setFocus}
    />
  );
}

test('in one keyboard pass, digits mark and move down, and letters vote', async () => {
  renderUi(<Form />);
  screen.getAllByRole('radio')[0]?.focus();
  await userEvent.keyboard('213');
  const chosen = names.map((name) => {
    const group = screen.getByRole('radiogroup', { name });
    return within(group).getByRole('radio', { checked: true }).getAttribute('aria-label');
  });
  expect(chosen).toEqual(['Met', 'Partly', 'Exceeds']);
  await userEvent.keyboard('y');
  expect(screen.getByRole('radio', { name: 'Not yet' }).getAttribute('aria-checked')).toBe('true');
});

test('it says what is missing and asks for a reason where a mark is low', async () => {
  renderUi(<Form />);
  expect(screen.getByText(/^3 marks, vote, confidence, 1 reason left/)).toBeTruthy();
  expect(screen.getByRole('button', { name: /Seal ballot/ }).getAttribute('aria-disabled')).toBe(
    'true',
  );
  await userEvent.click(
    within(screen.getByRole('radiogroup', { name: 'Mentoring' })).getByRole('radio', {
      name: 'Partly',
    }),
  );
  expect(screen.getByText('1 missing: Mentoring')).toBeTruthy();
  await userEvent.type(
    screen.getByRole('textbox', { name: 'Why partly, Mentoring' }),
    'No goal yet',
  );
  expect(screen.queryByText('1 missing: Mentoring')).toBeNull();
});
