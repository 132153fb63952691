import { IconCheck, IconClock } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Case, Decision } from '../../api/types';
import { dayWords, dueWords } from '../../components/format';
import { PathButton } from '../../components/links';
import { Page } from '../../components/page/Page';
import { QueryPage } from '../../components/page/states';
import { Words } from '../../components/text/Words';
import { Chip, cx, Panel, ui } from '../../components/ui';
import classes from './promotion.module.css';
import { caseQuery, decisionQuery } from './queries';
import { caseTitle } from './sections';

const route = getRouteApi('/cases/$id/decision');

export default function DecisionPage() {
  const { id } = route.useParams();
  const promotion = useQuery(caseQuery(id)).data;
  const decision = useQuery(decisionQuery(id));
  return (
    <QueryPage query={decision} title="Decision" what="The decision">
      {(data) => <DecisionScreen decision={data} promotion={promotion} id={id} />}
    </QueryPage>
  );
}

type Props = { decision: Decision; promotion: Case | undefined; id: string };

function DecisionScreen({ decision, promotion, id }: Props) {
  return (
    <Page
      title={decision.words}
      shortTitle="Decision"
      crumbs={[{ label: promotion?.person.name ?? 'Promotion case', path: `/cases/${id}` }]}
      chips={promotion && <Chip tone="line">{caseTitle(promotion)}</Chip>}
      bar={decision.bar}
      action={
        <PathButton path={`/ladders/${promotion?.ladder.slug ?? ''}`}>Read the ladder</PathButton>
      }
    >
      <div className={classes.decision}>
        <h2>Reasons</h2>
        <Words text={decision.reasons} />
        <Criteria decision={decision} promotion={promotion} />
        <Record decision={decision} />
      </div>
    </Page>
  );
}

function Criteria({ decision, promotion }: Omit<Props, 'id'>) {
  const name = (code: string) =>
    promotion?.coverage.find((row) => row.competency === code)?.name ?? code;
  return (
    <Panel title="Competency by competency">
      <ul>
        {decision.criteria.map((criterion) => (
          <li key={criterion.competency} className={classes.criterion}>
            <div className={ui.row}>
              <span className={cx(ui.grow, ui.medium)}>{name(criterion.competency)}</span>
              {criterion.outcome === 'met' ? (
                <Chip tone="accent">
                  <IconCheck size={13} stroke={1.5} aria-hidden="true" />
                  Met
                </Chip>
              ) : (
                <Chip>
                  <IconClock size={13} stroke={1.5} aria-hidden="true" />
                  Not yet
                </Chip>
              )}
            </div>
            {criterion.reason && <Words text={criterion.reason} />}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function countWords({ approve, notYet, decline }: NonNullable<Decision['counts']>): string {
  return `${approve} approve, ${notYet} not yet, ${decline} decline`;
}

function Record({ decision }: { decision: Decision }) {
  const { counts, valid, quorum, rule, decidedAt, effectiveOn, signedBy, hash } = decision;
  return (
    <Panel title="How it was decided">
      <dl className={classes.record}>
        <Fact name="Ballots">
          {valid} valid, {quorum} needed
          {counts && `: ${countWords(counts)}`}
        </Fact>
        <Fact name="Rule">{rule}</Fact>
        <Fact name="Decided">{dueWords(decidedAt)}</Fact>
        {signedBy && <Fact name="Signed by">{signedBy.name}</Fact>}
        {effectiveOn && <Fact name="In effect from">{dayWords(effectiveOn)}</Fact>}
        <Fact name="Fingerprint">
          <code>{hash}</code>
        </Fact>
      </dl>
    </Panel>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
