import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMe } from '../../api/me';
import type { Case } from '../../api/types';
import { AutosaveStatus } from '../../components/autosave/AutosaveStatus';
import { CaseSteps } from '../../components/bar/CaseSteps';
import { dueWords } from '../../components/format';
import { PathButton } from '../../components/links';
import { Page } from '../../components/page/Page';
import { QueryPage } from '../../components/page/states';
import { Chip, Panel, ui } from '../../components/ui';
import { CaseActions } from './CaseActions';
import { CaseDocument } from './CaseDocument';
import { Checks, Coverage } from './Coverage';
import { PartList } from './PartList';
import classes from './promotion.module.css';
import { caseQuery } from './queries';
import { caseTitle, type PartKey, parts } from './sections';
import { ruleNames } from './start';

const route = getRouteApi('/cases/$id');

export default function CasePage() {
  const { id } = route.useParams();
  const promotion = useQuery(caseQuery(id));
  return (
    <QueryPage query={promotion} title="Promotion case" what="The case">
      {(data) => <CaseScreen key={data.id} promotion={data} />}
    </QueryPage>
  );
}

const kinds: Record<Case['kind'], string> = {
  promotion: 'Promotion',
  track_switch: 'Change of track',
  re_level: 'Re-level',
};

function usePart(): [PartKey, (part: PartKey) => void] {
  const { s } = route.useSearch();
  const navigate = route.useNavigate();
  const part = parts.find(({ key }) => key === s)?.key ?? 'summary';
  return [part, (next) => void navigate({ search: { s: next }, replace: true })];
}

function CaseScreen({ promotion }: { promotion: Case }) {
  const { person, to, kind, ladder, bar, phases } = promotion;
  const [part, setPart] = usePart();
  const { can, person: reader } = useMe();
  const own = reader.id === person.id;
  return (
    <Page
      title={caseTitle(promotion)}
      shortTitle={`${person.name}, ${to.code}`}
      crumbs={[
        own ? { label: 'Promotion', path: '/cases' } : { label: 'Promotion cases', path: '/cases' },
      ]}
      chips={
        <span className={ui.wideOnly}>
          <Chip tone="line">{kinds[kind]}</Chip>{' '}
          <Chip tone="line">Ladder {ladder.version}, pinned</Chip>
        </span>
      }
      top={<CaseLinks promotion={promotion} seesPanel={can.includes('cases.all')} />}
      action={
        <>
          <TurnLink promotion={promotion} />
          <CaseActions promotion={promotion} />
        </>
      }
      beforeBar={<CaseSteps phases={phases} />}
      bar={bar}
      about={`packet&id=${promotion.id}`}
      barSteps={false}
    >
      <Opening promotion={promotion} />
      <div className={classes.columns}>
        <PartList promotion={promotion} current={part} onGo={setPart} />
        <CaseDocument promotion={promotion} current={part} />
        <aside className={classes.aside} aria-label="Coverage and checks">
          <Coverage promotion={promotion} />
          <Checks promotion={promotion} onGo={setPart} />
          <Fingerprint promotion={promotion} />
        </aside>
      </div>
    </Page>
  );
}

/** Why the case starts as it does: the reason of whoever opened it, and what HR waived. */
function Opening({ promotion: { reason, waived } }: { promotion: Case }) {
  if (!reason && waived.length === 0) return null;
  return (
    <div className={classes.opening}>
      {reason && (
        <p>
          <span className={ui.medium}>Why this level:</span> {reason}
        </p>
      )}
      {waived.length > 0 && (
        <p className={ui.second}>
          HR waived for this case: {waived.map((rule) => ruleNames[rule].toLowerCase()).join(', ')}.
        </p>
      )}
    </div>
  );
}

/** The proof that the packet is still the one that was submitted. */
function Fingerprint({ promotion: { packetHash, submittedAt } }: { promotion: Case }) {
  if (!packetHash || !submittedAt) return null;
  return (
    <Panel title="Frozen">
      <div className={classes.fingerprint}>
        <p>Submitted {dueWords(submittedAt)}. Nobody can change the packet any more.</p>
        <code>{packetHash}</code>
      </div>
    </Panel>
  );
}

/** Links to the reader's own turn when it is on another page. */
function TurnLink({ promotion: { id, state, seatId, canEdit } }: { promotion: Case }) {
  if (canEdit.includes('decision')) {
    return (
      <PathButton variant="filled" path={`/cases/${id}/panel`}>
        Sign the decision
      </PathButton>
    );
  }
  if (!seatId || state !== 'blind_vote') return null;
  return (
    <PathButton variant="filled" path={`/panel/${id}`}>
      Open my ballot
    </PathButton>
  );
}

function CaseLinks({ promotion, seesPanel }: { promotion: Case; seesPanel: boolean }) {
  const { id, decisionReady } = promotion;
  return (
    <>
      <AutosaveStatus />
      {(seesPanel || promotion.tallyReady) && (
        <PathButton size="xs" path={`/cases/${id}/panel`}>
          Panel
        </PathButton>
      )}
      {decisionReady && (
        <PathButton size="xs" path={`/cases/${id}/decision`}>
          Read the decision
        </PathButton>
      )}
    </>
  );
}
