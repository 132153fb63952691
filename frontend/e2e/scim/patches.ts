import { enterprise } from './steps.ts';

export type Operation = { op: string; path?: string; value?: unknown };

/** Patches of a user. Rung keeps all their values. */
export const patches: [string, Operation[]][] = [
  ['replace a text', [{ op: 'replace', path: 'title', value: 'Lead' }]],
  ['add a text', [{ op: 'add', path: 'title', value: 'Principal' }]],
  ['remove a text', [{ op: 'remove', path: 'title' }]],
  ['a truth', [{ op: 'replace', path: 'active', value: false }]],
  ['without a path', [{ op: 'replace', value: { title: 'Designer', timezone: 'Europe/Paris' } }]],
  ['add without a path', [{ op: 'add', value: { title: 'Architect' } }]],
  ['a part', [{ op: 'replace', path: 'name.familyName', value: 'Examiner' }]],
  [
    'parts at once',
    [{ op: 'replace', path: 'name', value: { givenName: 'Trial', familyName: 'Runner' } }],
  ],
  [
    'by an expression',
    [{ op: 'replace', path: 'emails[type eq "work"].value', value: 'b@patch.example' }],
  ],
  [
    'by two comparisons',
    [
      {
        op: 'replace',
        path: 'emails[type eq "work" and primary eq true].value',
        value: 'c@patch.example',
      },
    ],
  ],
  [
    'a whole list',
    [
      {
        op: 'replace',
        path: 'emails',
        value: [{ value: 'd@patch.example', type: 'work', primary: true }],
      },
    ],
  ],
  [
    'a part of an address',
    [{ op: 'replace', path: 'addresses[type eq "work"].locality', value: 'Bonn' }],
  ],
  ['remove by an expression', [{ op: 'remove', path: 'addresses[type eq "work"]' }]],
  ['remove a list', [{ op: 'remove', path: 'addresses' }]],
  ['the extension', [{ op: 'replace', path: `${enterprise}:department`, value: 'Design' }]],
  ['remove of the extension', [{ op: 'remove', path: `${enterprise}:employeeNumber` }]],
  [
    'several in order',
    [
      { op: 'replace', path: 'title', value: 'First' },
      { op: 'replace', path: 'title', value: 'Second' },
      { op: 'remove', path: `${enterprise}:department` },
    ],
  ],
  ['an external id', [{ op: 'replace', path: 'externalId', value: 'changed' }]],
];
