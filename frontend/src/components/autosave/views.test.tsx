import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { renderUi } from '../../test/render';
import type { SaveStatus } from './Autosaver';
import { AutosaveStatus, statusWords, worst } from './AutosaveStatus';
import { MergeView } from './MergeView';
import { saveBoard } from './useAutosave';

const at = (minute: number) => new Date(2026, 10, 24, 10, minute);

test.each<[SaveStatus, string]>([
  [{ kind: 'saving' }, 'Saving'],
  [{ kind: 'saved', at: at(42) }, 'Saved 10:42'],
  [{ kind: 'offline', since: at(44) }, 'Offline, kept on this device since 10:44'],
  [{ kind: 'failed', reason: 'the cycle closed', text: '' }, 'Not saved: the cycle closed.'],
  [{ kind: 'conflict' }, 'Changed on another device.'],
])('%o reads %s', (status, words) => {
  expect(statusWords(status)).toBe(words);
});

test('the worst status of several editors is shown, and the later of two saves', () => {
  const saved: SaveStatus = { kind: 'saved', at: at(1) };
  const later: SaveStatus = { kind: 'saved', at: at(2) };
  expect(worst([later, saved])).toBe(later);
  expect(worst([saved, { kind: 'conflict' }, { kind: 'saving' }]).kind).toBe('conflict');
  expect(worst([]).kind).toBe('idle');
});

test('a status that is not saved offers the text', async () => {
  const writeText = vi.fn(async () => undefined);
  const user = userEvent.setup();
  vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(writeText);
  renderUi(<AutosaveStatus />);
  act(() =>
    saveBoard.set(new Map([['a', { kind: 'failed', reason: 'closed', text: 'my words' }]])),
  );
  await user.click(screen.getByRole('button', { name: 'Copy my text' }));
  expect(writeText).toHaveBeenCalledWith('my words');
  act(() => saveBoard.set(new Map()));
});

test('a merge starts with my version, can take the other one, and lets the result be edited', async () => {
  const onSave = vi.fn();
  renderUi(
    <MergeView
      about="Mentoring"
      mine={{ text: 'with me' }}
      theirs={{ text: 'alone' }}
      onSave={onSave}
    />,
  );
  const result = screen.getByRole('textbox', { name: 'Result (you can edit it)' });
  expect(result).toHaveProperty('value', 'with me');
  await userEvent.click(screen.getByRole('radio', { name: 'Use theirs' }));
  expect(result).toHaveProperty('value', 'alone');
  await userEvent.type(result, ' on 17 November');
  await userEvent.click(screen.getByRole('button', { name: 'Save the result' }));
  expect(onSave).toHaveBeenCalledWith({ side: 'theirs', text: 'alone on 17 November' });
});
