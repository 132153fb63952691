import { apiQuery } from '../../api/query';

/** The kinds of things whose readers the page can explain. */
export const kinds = {
  person: 'Directory entry',
  pay: 'Exact pay',
  record: 'Personal record',
  technology: 'Technology profile',
  evidence: 'Evidence',
  assessment: 'Assessment',
  case: 'Promotion case',
  packet: 'Promotion packet',
  statement: "Manager's statement",
  seat: 'Panel seats',
  ballot: 'Ballot',
  tally: 'Vote count',
  decision: 'Decision',
} as const;

export type Kind = keyof typeof kinds;

/** A thing, named as the API names it. */
export type About = { resource: Kind; id: string };

export const readersQuery = (about: About) => ({
  ...apiQuery('/explain/readers', { query: about }),
  retry: false,
});

export const answerQuery = (about: About, person: string | undefined) => ({
  ...apiQuery('/explain', { query: { ...about, action: 'read', ...(person && { person }) } }),
  retry: false,
});
