import { apiQuery } from '../../api/query';
import type { Readable } from '../../components/bar/readers';

export type Kind = Exclude<Readable, 'hold'>;

/** The kinds of things whose readers the page can explain. */
export const kinds: Record<Kind, string> = {
  person: 'Directory entry',
  pay: 'Exact pay',
  record: 'Personal record',
  correction: 'Corrections',
  technology: 'Technology profile',
  role_check: 'Role check',
  handover: 'Handover',
  evidence: 'Evidence',
  assessment: 'Assessment',
  case: 'Promotion case',
  packet: 'Promotion packet',
  statement: "Manager's statement",
  seat: 'Panel seats',
  ballot: 'Ballot',
  tally: 'Vote count',
  decision: 'Decision',
  ladder: 'Ladders',
};

/** A thing, named as the API names it. */
export type About = { resource: Kind; id: string };

export const answerQuery = (about: About, person: string | undefined) => ({
  ...apiQuery('/explain', { query: { ...about, action: 'read', ...(person && { person }) } }),
  retry: false,
});
