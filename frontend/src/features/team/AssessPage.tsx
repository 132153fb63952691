import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import type { TeamRow } from '../../api/types';
import { Page } from '../../components/page/Page';
import { Empty, NotFound, QueryPage } from '../../components/page/states';
import { ui } from '../../components/ui';
import { useOpenAssessment } from '../assessment/queries';
import { teamQuery } from './queries';

const route = getRouteApi('/team/$personId/assess');

/** The page that a manager's task to assess somebody leads to. */
export default function AssessPage() {
  const { personId } = route.useParams();
  const team = useQuery(teamQuery);
  return (
    <QueryPage query={team} title="Assess" what="The team list">
      {({ rows }) => {
        const row = rows.find(({ person }) => person.id === personId);
        return row ? <Start row={row} /> : <NotFound />;
      }}
    </QueryPage>
  );
}

function Start({ row: { person, target } }: { row: TeamRow }) {
  const router = useRouter();
  const open = useOpenAssessment();
  const start = () =>
    open.mutate(
      { personId: person.id, ...(target && { targetLevel: target }) },
      { onSuccess: ({ id }) => router.history.replace(`/assessments/${id}`) },
    );
  return (
    <Page title={`Assess ${person.name}`} crumbs={[{ label: 'Team', path: '/team' }]}>
      <Empty
        title={`${person.name}${target ? ` against ${target}` : ''}`}
        action={
          <Button variant="filled" loading={open.isPending} onClick={start}>
            Start the assessment
          </Button>
        }
      >
        Rate each competency with a reason.
        {open.error && (
          <p role="alert" className={ui.bad}>
            {open.error.message}
          </p>
        )}
      </Empty>
    </Page>
  );
}
