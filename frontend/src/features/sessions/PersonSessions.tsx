import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { client, read } from '../../api/client';
import { useMe } from '../../api/me';
import { apiQuery, invalidate } from '../../api/query';
import { count } from '../../components/format';
import { Panel, ui } from '../../components/ui';
import classes from '../record/record.module.css';

const sessionsOf = (id: string) => apiQuery('/people/{id}/sessions', { path: { id } });

/** Lets a platform admin sign somebody out everywhere. */
export function PersonSessions({ id }: { id: string }) {
  const allowed = useMe().can.includes('sessions.all');
  const sessions = useQuery({ ...sessionsOf(id), enabled: allowed });
  const queries = useQueryClient();
  const end = useMutation({
    mutationFn: () => read(client.DELETE('/people/{id}/sessions', { params: { path: { id } } })),
    onSuccess: () => invalidate(queries, sessionsOf(id).queryKey),
  });
  if (!allowed || !sessions.data) return null;
  const open = sessions.data.items.length;
  return (
    <Panel title="Sign-ins">
      <div className={classes.body}>
        <p className={ui.second}>
          {open === 0 ? 'Not signed in anywhere.' : `Signed in on ${count(open, 'browser')}.`}
        </p>
        {open > 0 && (
          <div>
            <Button loading={end.isPending} onClick={() => end.mutate()}>
              Sign out everywhere
            </Button>
          </div>
        )}
      </div>
    </Panel>
  );
}
