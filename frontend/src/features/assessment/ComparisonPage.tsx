import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useMe } from '../../api/me';
import type { Comparison, PersonRef, ScalePoint, Side } from '../../api/types';
import { firstName } from '../../components/format';
import { PathButton } from '../../components/links';
import { RatingWord } from '../../components/Meter';
import { Page } from '../../components/page/Page';
import { QueryPage } from '../../components/page/states';
import { Words } from '../../components/text/Words';
import { Chip, cx, Face, ui } from '../../components/ui';
import classes from './comparison.module.css';
import { BothPlaces } from './Place';
import { comparisonQuery } from './queries';

const route = getRouteApi('/comparisons/$id');

export default function ComparisonPage() {
  const { id } = route.useParams();
  const comparison = useQuery(comparisonQuery(id));
  return (
    <QueryPage query={comparison} title="Both assessments" what="The comparison">
      {(data) => <ComparisonScreen comparison={data} />}
    </QueryPage>
  );
}

function ComparisonScreen({ comparison }: { comparison: Comparison }) {
  const { subject, manager, cycle, target, ladder, bar } = comparison;
  const own = useMe().person.id === subject.id;
  return (
    <Page
      title={`${subject.name} and ${manager.name}, ${cycle.name}`}
      shortTitle={`${firstName(subject.name)} and ${firstName(manager.name)}`}
      crumbs={[
        own ? { label: 'My assessment', path: '/assessments' } : { label: 'Team', path: '/team' },
      ]}
      chips={
        <Chip tone="line">
          Against {target.code} {target.title}, ladder {ladder.version}
        </Chip>
      }
      action={<NextStep comparison={comparison} />}
      bar={bar}
    >
      <Rows comparison={comparison} />
    </Page>
  );
}

function NextStep({ comparison }: { comparison: Comparison }) {
  const { id, subject, target, caseId, canOpenCase } = comparison;
  if (caseId) {
    return (
      <PathButton variant="filled" path={`/cases/${caseId}`}>
        Open the promotion case
      </PathButton>
    );
  }
  if (!canOpenCase) return null;
  return (
    <PathButton
      variant="filled"
      path={`/people/${subject.id}/case?from=${id}&to=${encodeURIComponent(target.code)}`}
    >
      Start a promotion case
    </PathButton>
  );
}

type Row = Comparison['rows'][number];

function Rows({ comparison }: { comparison: Comparison }) {
  const { rows, subject, manager } = comparison;
  const [unfolded, setUnfolded] = useState(false);
  const apart = rows.filter((row) => row.apart !== 0);
  const agreed = rows.filter((row) => row.apart === 0);
  const Icon = unfolded ? IconChevronDown : IconChevronRight;
  return (
    <>
      <div className={classes.head}>
        <span className={ui.muted}>
          {apart.length === 0
            ? 'No differences'
            : `${apart.length} ${apart.length === 1 ? 'differs' : 'differ'}, largest difference first`}
        </span>
        <Who person={subject} />
        <Who person={manager} />
      </div>
      <div className={ui.panel}>
        <BothPlaces comparison={comparison} />
        {apart.map((row, index) => (
          <ComparedRow key={row.competency} row={row} comparison={comparison} first={index === 0} />
        ))}
        {agreed.length > 0 && (
          <button
            type="button"
            className={classes.agreed}
            aria-expanded={unfolded}
            onClick={() => setUnfolded(!unfolded)}
          >
            <Icon size={16} stroke={1.5} aria-hidden="true" />
            {agreed.length} {agreed.length === 1 ? 'agrees' : 'agree'}:{' '}
            {agreed.map((row) => row.name).join(', ')}
          </button>
        )}
        {unfolded &&
          agreed.map((row) => (
            <ComparedRow key={row.competency} row={row} comparison={comparison} />
          ))}
      </div>
    </>
  );
}

function Who({ person }: { person: PersonRef }) {
  return (
    <span className={cx(ui.row, ui.bold)}>
      <Face name={person.name} />
      {firstName(person.name)}
    </span>
  );
}

type RowProps = { row: Row; comparison: Comparison; first?: boolean };

function ComparedRow({ row, comparison, first = false }: RowProps) {
  const steps = Math.abs(row.apart);
  return (
    <article className={classes.row} data-first={first || undefined} aria-label={row.name}>
      <div className={classes.name}>
        <h2>{row.name}</h2>
        {steps > 0 && (
          <Chip tone={steps > 1 ? 'accent' : 'plain'}>
            {steps} {steps === 1 ? 'step' : 'steps'} apart
          </Chip>
        )}
      </div>
      <SideCell person={comparison.subject} side={row.self} scale={row.scale} />
      <SideCell person={comparison.manager} side={row.manager} scale={row.scale} />
    </article>
  );
}

type SideProps = { person: PersonRef; side: Side; scale: ScalePoint[] };

function SideCell({ person, side, scale }: SideProps) {
  return (
    <div className={classes.cell}>
      <div className={cx(ui.phoneOnly, ui.tiny, ui.muted)}>{person.name}</div>
      <RatingWord rating={side.rating} scale={scale} strong />
      <Words text={side.reason} className={classes.reason} />
      {side.evidence.length > 0 && (
        <p className={cx(ui.tiny, ui.muted)}>
          {side.evidence.map((piece) => piece.title).join(', ')}
        </p>
      )}
    </div>
  );
}
