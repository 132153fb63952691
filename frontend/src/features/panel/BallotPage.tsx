import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { Ballot, Case } from '../../api/types';
import { AutosaveStatus } from '../../components/autosave/AutosaveStatus';
import { clockWords } from '../../components/format';
import { digitWords } from '../../components/input/choices';
import { PathLink } from '../../components/links';
import { Page } from '../../components/page/Page';
import { QueryPage, QueryPart } from '../../components/page/states';
import { Chip, cx, Kbd, ui } from '../../components/ui';
import { useKeyHints, useKeys } from '../../components/useKeys';
import { caseQuery } from '../promotion/queries';
import { caseTitle } from '../promotion/sections';
import { BallotForm } from './BallotForm';
import { Packet } from './Packet';
import classes from './panel.module.css';
import { ballotQuery, panelQuery } from './queries';
import { useBallot } from './useBallot';

const route = getRouteApi('/panel/$caseId');

/** The digits reach as far as the longest scale. */
function hintsFor({ coverage }: Case) {
  const points = Math.max(1, ...coverage.map(({ scale }) => scale.length));
  return [
    { keys: digitWords(points), does: 'mark and move down' },
    { keys: 'a, y, d', does: 'Approve, Not yet, Decline' },
    { keys: 'j, k', does: 'next, previous case' },
    { keys: 'Ctrl Enter', does: 'seal the ballot' },
  ];
}

export default function BallotPage() {
  const { caseId } = route.useParams();
  const promotion = useQuery(caseQuery(caseId));
  return (
    <QueryPage query={promotion} title="Ballot" what="The packet">
      {(data) => <BallotScreen key={data.id} promotion={data} />}
    </QueryPage>
  );
}

function useNeighbours(caseId: string) {
  const navigate = route.useNavigate();
  const cases = useQuery(panelQuery).data?.items ?? [];
  const at = cases.findIndex((row) => row.caseId === caseId);
  const go = (by: number) => {
    const next = cases[at + by];
    if (next) void navigate({ params: { caseId: next.caseId }, search: { s: undefined } });
  };
  return { at, total: cases.length, go };
}

function BallotScreen({ promotion }: { promotion: Case }) {
  const ballot = useQuery(ballotQuery(promotion.id));
  const { at, total, go } = useNeighbours(promotion.id);
  useKeys({ j: () => go(1), k: () => go(-1) });
  useKeyHints(hintsFor(promotion));
  return (
    <Page
      panes
      title={caseTitle(promotion)}
      shortTitle={promotion.person.name}
      crumbs={[{ label: 'Cases to read', path: '/panel' }]}
      chips={
        <span className={ui.wideOnly}>
          <Chip tone="line">Ladder {promotion.ladder.version}, pinned</Chip>
        </span>
      }
      top={
        total > 1 && (
          <span className={cx(ui.row, ui.tiny, ui.muted, ui.wideOnly)}>
            Case {at + 1} of {total} <Kbd>J</Kbd> <Kbd>K</Kbd>
          </span>
        )
      }
      bar={ballot.data?.bar ?? promotion.bar}
    >
      <QueryPart query={ballot} what="Your ballot">
        {(data) => <Panes promotion={promotion} ballot={data} />}
      </QueryPart>
    </Page>
  );
}

function Panes({ promotion, ballot }: { promotion: Case; ballot: Ballot }) {
  const [focus, setFocus] = useState<string | null>(promotion.coverage[0]?.competency ?? null);
  const autosave = useBallot(promotion.id, ballot);
  return (
    <div className={classes.panes}>
      <Packet promotion={promotion} ballot={ballot} focus={focus} autosave={autosave} />
      <aside className={classes.ballot} aria-label="Your ballot">
        <div className={cx(ui.row, classes.ballotHead)}>
          <h2 className={ui.grow}>Your ballot</h2>
          <BallotStatus ballot={ballot} />
        </div>
        <BallotForm
          promotion={promotion}
          ballot={ballot}
          autosave={autosave}
          focus={focus}
          onFocus={setFocus}
        />
        <p className={cx(ui.tiny, ui.muted)}>
          <PathLink path={`/ladders/${promotion.ladder.slug}`} className={ui.link}>
            Read the ladder
          </PathLink>
        </p>
      </aside>
    </div>
  );
}

function BallotStatus({ ballot }: { ballot: Ballot }) {
  const sealed = ballot.state === 'sealed' && !ballot.changedSinceSeal;
  if (sealed && ballot.sealedAt) {
    return <Chip tone="ok">Sealed {clockWords(ballot.sealedAt)}</Chip>;
  }
  return (
    <AutosaveStatus suffix={ballot.changedSinceSeal ? ', changed since sealing' : ', not sealed'} />
  );
}
