import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Case } from '../../api/types';
import { PathButton } from '../../components/links';
import { Page } from '../../components/page/Page';
import { QueryPage } from '../../components/page/states';
import { Chip, ui } from '../../components/ui';
import { CaseActions } from '../promotion/CaseActions';
import { caseQuery } from '../promotion/queries';
import { caseTitle } from '../promotion/sections';
import { OpenVote } from './OpenVote';
import classes from './panel.module.css';
import { seatsQuery, tallyQuery } from './queries';
import { Seats } from './Seats';
import { SignDecision } from './SignDecision';
import { TallyView } from './TallyView';

const route = getRouteApi('/cases/$id/panel');

export default function CasePanelPage() {
  const { id } = route.useParams();
  const promotion = useQuery(caseQuery(id));
  return (
    <QueryPage query={promotion} title="Panel" what="The case">
      {(data) => <CasePanel promotion={data} />}
    </QueryPage>
  );
}

/** Seats, the opening of the vote and, after the close, its result. */
function CasePanel({ promotion }: { promotion: Case }) {
  const { id, bar, actions, person } = promotion;
  const seats = useQuery(seatsQuery(id));
  const tally = useQuery({ ...tallyQuery(id), enabled: promotion.tallyReady }).data;
  return (
    <QueryPage query={seats} title="Panel" what="The panel">
      {({ items }) => (
        <Page
          title={`Panel: ${caseTitle(promotion)}`}
          shortTitle="Panel"
          crumbs={[
            { label: 'Promotion cases', path: '/cases?scope=all' },
            { label: person.name, path: `/cases/${id}` },
          ]}
          chips={
            <span className={ui.wideOnly}>
              <Chip tone="line">Ladder {promotion.ladder.version}, pinned</Chip>
            </span>
          }
          action={
            <>
              {promotion.decisionReady && (
                <PathButton path={`/cases/${id}/decision`}>Read the decision</PathButton>
              )}
              <CaseActions promotion={promotion} />
            </>
          }
          bar={bar}
        >
          <div className={classes.room}>
            <Seats key={items.map((seat) => seat.id).join()} promotion={promotion} seats={items} />
            {actions.includes('open_vote') && <OpenVote promotion={promotion} seats={items} />}
            {tally && <TallyView tally={tally} />}
            {tally && promotion.canEdit.includes('decision') && (
              <SignDecision promotion={promotion} tally={tally} />
            )}
          </div>
        </Page>
      )}
    </QueryPage>
  );
}
