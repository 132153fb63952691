import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { client, read } from '../../api/client';
import { apiQuery, invalidate } from '../../api/query';
import type { Session } from '../../api/types';
import { dueWords } from '../../components/format';
import { Page } from '../../components/page/Page';
import { QueryPage } from '../../components/page/states';
import table from '../../components/table/table.module.css';
import { Chip, cx, ui } from '../../components/ui';

const sessionsQuery = apiQuery('/sessions');

function useEndSession() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => read(client.DELETE('/sessions/{id}', { params: { path: { id } } })),
    onSuccess: () => invalidate(queries, '/sessions', '/people/{id}/sessions'),
  });
}

export default function SessionsPage() {
  const sessions = useQuery(sessionsQuery);
  return (
    <QueryPage query={sessions} title="Sign-ins" what="The list of sign-ins">
      {({ items }) => (
        <Page
          title="Sign-ins"
          subtitle="These are the browsers where you are signed in. End any sign-in you do not recognise."
          action={items.length > 1 && <EndOthers />}
        >
          <SessionTable sessions={items} />
        </Page>
      )}
    </QueryPage>
  );
}

function EndOthers() {
  const queries = useQueryClient();
  const end = useMutation({
    mutationFn: () => read(client.DELETE('/sessions', {})),
    onSuccess: () => invalidate(queries, '/sessions', '/people/{id}/sessions'),
  });
  return (
    <Button loading={end.isPending} onClick={() => end.mutate()}>
      End all others
    </Button>
  );
}

function SessionTable({ sessions }: { sessions: Session[] }) {
  const end = useEndSession();
  return (
    <div className={ui.panel}>
      <table className={cx(table.table, table.list)} aria-label="Sign-ins">
        <thead>
          <tr>
            <th scope="col">Browser</th>
            <th scope="col">Signed in</th>
            <th scope="col">Last used</th>
            <th scope="col" className={ui.right}>
              Next
            </th>
          </tr>
        </thead>
        <tbody>
          {sessions.map((session) => (
            <tr key={session.id}>
              <th scope="row">{session.userAgent || 'Unknown browser'}</th>
              <td>{dueWords(session.createdAt)}</td>
              <td>{dueWords(session.seenAt)}</td>
              <td className={ui.right}>
                {session.current ? (
                  <Chip>This one</Chip>
                ) : (
                  <Button size="xs" loading={end.isPending} onClick={() => end.mutate(session.id)}>
                    End
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
