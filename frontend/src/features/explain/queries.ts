import { queryOptions } from '@tanstack/react-query';
import { client, read } from '../../api/client';

/** The kinds of things whose readers can be explained. */
export const kinds = {
  person: 'Directory entry',
  pay: 'Exact pay',
  record: 'Own record',
  technology: 'Technology profile',
  evidence: 'Evidence',
  assessment: 'Assessment',
  case: 'Promotion case',
  packet: 'Promotion packet',
  statement: "Manager's statement",
  seat: 'Panel seats',
  ballot: 'Ballot',
  tally: 'Count of the vote',
  decision: 'Decision',
} as const;

export type Kind = keyof typeof kinds;

/** A thing, named as the API names it. */
export type About = { resource: Kind; id: string };

export const readersQuery = ({ resource, id }: About) =>
  queryOptions({
    queryKey: ['explain', 'readers', resource, id],
    queryFn: () => read(client.GET('/explain/readers', { params: { query: { resource, id } } })),
    retry: false,
  });

export const answerQuery = (about: About, person: string | undefined) =>
  queryOptions({
    queryKey: ['explain', about, person],
    queryFn: () =>
      read(
        client.GET('/explain', {
          params: { query: { ...about, action: 'read', ...(person && { person }) } },
        }),
      ),
    retry: false,
  });
