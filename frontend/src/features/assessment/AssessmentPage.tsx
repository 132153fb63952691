import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useMe } from '../../api/me';
import { invalidate } from '../../api/query';
import type { Assessment, AssessmentItem } from '../../api/types';
import { AutosaveStatus } from '../../components/autosave/AutosaveStatus';
import { PathButton } from '../../components/links';
import { Page } from '../../components/page/Page';
import { QueryPage } from '../../components/page/states';
import { Chip, ui } from '../../components/ui';
import { useKeyHints, useKeys } from '../../components/useKeys';
import classes from './assessment.module.css';
import { CompetencyList } from './CompetencyList';
import { ItemEditor } from './ItemEditor';
import { NewerLadder } from './NewerLadder';
import { assessmentTitle, ratedCount } from './progress';
import { assessmentQuery } from './queries';
import { Review } from './Review';
import { TargetMenu } from './TargetMenu';

const route = getRouteApi('/assessments/$id');
const reviewKey = 'review';

const move = { keys: 'j, k', does: 'next, previous competency' };
const attach = { keys: 'e', does: 'attach evidence, then arrows and Enter' };
const submit = { keys: 'Ctrl Enter', does: 'review and submit' };

function hintsFor({ kind, canEdit }: Assessment) {
  if (!canEdit) return [move];
  return kind === 'self' ? [move, attach, submit] : [move, submit];
}

export default function AssessmentPage() {
  const { id } = route.useParams();
  const assessment = useQuery(assessmentQuery(id));
  return (
    <QueryPage query={assessment} title="Assessment" what="The assessment">
      {(data) => <AssessmentScreen key={data.id} assessment={data} />}
    </QueryPage>
  );
}

/**
 * The place in the assessment, kept in the URL: a competency, or the review at the end.
 * The starting place is chosen once, so that rating the first open competency does not leave it,
 * and written there, so that a reload does not leave it either.
 */
function usePlace({ items, state, canEdit }: Assessment) {
  const { c } = route.useSearch();
  const navigate = route.useNavigate();
  const [first] = useState(() =>
    state === 'submitted' || !canEdit ? reviewKey : firstOpen(items),
  );
  const place = c === reviewKey || items.some((item) => item.competency === c) ? c : first;
  useEffect(() => {
    if (place !== c) void navigate({ search: { c: place }, replace: true });
  }, [navigate, place, c]);
  const index = items.findIndex((item) => item.competency === place);
  const go = (to: string) => void navigate({ search: { c: to } });
  const step = (by: number) => {
    const at = place === reviewKey ? items.length : index;
    go(items[Math.max(0, at + by)]?.competency ?? reviewKey);
  };
  return { place, item: items[index], index, go, step };
}

function firstOpen(items: AssessmentItem[]): string {
  return (items.find((item) => item.rating === null) ?? items[0])?.competency ?? reviewKey;
}

/** Every saved item raises the version of the assessment, and the review needs the newest. */
function useFreshReview(id: string, reviewing: boolean) {
  const queries = useQueryClient();
  useEffect(() => {
    if (reviewing) void invalidate(queries, assessmentQuery(id).queryKey);
  }, [queries, id, reviewing]);
}

function AssessmentScreen({ assessment }: { assessment: Assessment }) {
  const { item, index, go, step } = usePlace(assessment);
  useFreshReview(assessment.id, item === undefined);
  const review = () => go(reviewKey);
  useKeys({ j: () => step(1), k: () => step(-1), 'mod+Enter': review });
  useKeyHints(hintsFor(assessment));
  const { items, subject, canEdit, cycle, ladder, bar } = assessment;
  const reader = useMe().person.id;
  const last = canEdit ? 'Review and submit' : 'All ratings';
  return (
    <Page
      panes
      title={assessmentTitle(assessment, reader)}
      shortTitle={item?.name ?? last}
      crumbs={[
        subject.id === reader
          ? { label: 'My assessment', path: '/assessments' }
          : { label: 'Team', path: '/team' },
        { label: cycle.name },
      ]}
      chips={
        <>
          <span className={ui.wideOnly}>
            <Chip tone="line">
              {ladder.name} {ladder.version}
            </Chip>
          </span>
          <span className={ui.phoneOnly}>
            <Chip tone="line">
              {ratedCount(items)} of {items.length}
            </Chip>
          </span>
        </>
      }
      beforeBar={<NewerLadder assessment={assessment} />}
      bar={bar}
      about={`assessment&id=${assessment.id}`}
      top={<TopActions assessment={assessment} reviewing={!item} onReview={review} />}
    >
      <div className={classes.panes}>
        <CompetencyList
          items={items}
          current={item?.competency}
          last={last}
          editable={canEdit}
          onGo={go}
          reviewKey={reviewKey}
        />
        {item ? (
          <ItemEditor
            key={`${assessment.target.code}:${item.competency}`}
            assessment={assessment}
            item={item}
            number={index + 1}
            onStep={step}
          />
        ) : (
          <Review assessment={assessment} onGo={go} />
        )}
      </div>
    </Page>
  );
}

type TopProps = { assessment: Assessment; reviewing: boolean; onReview: () => void };

function TopActions({ assessment, reviewing, onReview }: TopProps) {
  return (
    <>
      <AutosaveStatus />
      {assessment.canEdit && assessment.state === 'draft' && <TargetMenu assessment={assessment} />}
      {assessment.comparisonId && (
        <PathButton size="xs" path={`/comparisons/${assessment.comparisonId}`}>
          Compare both
        </PathButton>
      )}
      {!reviewing && assessment.canEdit && (
        <Button size="xs" onClick={onReview}>
          Review and submit
        </Button>
      )}
    </>
  );
}
