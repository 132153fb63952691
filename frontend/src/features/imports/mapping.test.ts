import { expect, test } from 'vitest';
import type { Preview } from './job';
import { chosen, detected, fromPreset, lacking } from './mapping';

const preview = {
  columns: [
    { header: 'Worker', field: 'full_name', samples: [] },
    { header: 'Login', field: '', samples: [] },
    { header: 'Mail', field: 'email', samples: [] },
  ],
  fields: [
    { key: 'employee_id', name: 'the employee id', required: true },
    { key: 'email', name: 'the work e-mail', required: true },
    { key: 'full_name', name: 'the name', required: false },
  ],
  presets: [{ key: 'x', name: 'X', columns: { Login: 'employee_id', Worker: '' } }],
} as unknown as Preview;

test('a field is read from one column only', () => {
  expect(chosen(detected(preview), 'Login', 'email')).toEqual({
    Worker: 'full_name',
    Login: 'email',
    Mail: '',
  });
});

test('a preset changes the columns that it names', () => {
  expect(fromPreset(preview, 'x')).toEqual({ Worker: '', Login: 'employee_id', Mail: 'email' });
});

test('missing fields are named in words', () => {
  expect(lacking(preview, detected(preview))).toEqual(['the employee id']);
  expect(lacking(preview, fromPreset(preview, 'x'))).toEqual(['the name']);
});
