import { Button, SegmentedControl, Select, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useMe } from '../../api/me';
import type { BandComparison } from '../../api/types';
import { dayWords, whole } from '../../components/format';
import { PathButton } from '../../components/links';
import { Page } from '../../components/page/Page';
import { Empty, QueryPage } from '../../components/page/states';
import { Chip, cx, ui } from '../../components/ui';
import { StepUp } from '../pay/StepUp';
import { facetsQuery } from '../people/queries';
import { BandTable } from './BandTable';
import classes from './bands.module.css';
import { ChartPanel } from './ChartPanel';
import { HeatMap } from './HeatMap';
import { Outside } from './Outside';
import { type BandFilter, bandsQuery, csvPath } from './queries';

const route = getRouteApi('/bands');

function useBandSearch() {
  const { level: _, ...filter } = route.useSearch();
  const navigate = route.useNavigate();
  const change = (part: BandFilter) =>
    void navigate({ search: (now) => ({ ...now, ...part }), replace: true });
  return { filter, change };
}

export default function BandsPage() {
  const { filter } = useBandSearch();
  const bands = useQuery(bandsQuery(filter));
  return (
    <QueryPage query={bands} title="Bands" what="The bands">
      {(data) => <BandsScreen comparison={data} />}
    </QueryPage>
  );
}

/** There is nothing to compare with before the first band set is in force. */
function NoBands() {
  const { can } = useMe();
  return (
    <Page title="Bands" crumbs={[{ label: 'Compensation' }]}>
      <Empty
        title="No band set is in force"
        action={
          can.includes('bands.import') && (
            <PathButton variant="filled" path="/imports?kind=bands">
              Import bands
            </PathButton>
          )
        }
      >
        Import a file with the minimum, midpoint and maximum for each level and location. People are
        placed in their bands at once.
      </Empty>
    </Page>
  );
}

function BandsScreen({ comparison }: { comparison: BandComparison }) {
  const { filter } = useBandSearch();
  const { set, rows } = comparison;
  if (set.status === 'none') return <NoBands />;
  return (
    <Page
      title={`Bands: ${set.name}`}
      shortTitle="Bands"
      crumbs={[{ label: 'Compensation' }]}
      chips={
        <Chip tone="line">
          {set.status}, in force since {dayWords(set.validFrom)}
        </Chip>
      }
      action={<Actions filter={filter} />}
      subtitle={<Basis comparison={comparison} />}
    >
      <Filters comparison={comparison} />
      {comparison.stepUp && (
        <StepUp>
          You see what is published for this quarter. People, their pay and small groups are shown
          after you sign in again.
        </StepUp>
      )}
      {rows.length === 0 ? (
        <Empty title="No bands for this choice">
          Choose another location or track, or import a band set.
        </Empty>
      ) : (
        <Panels comparison={comparison} />
      )}
    </Page>
  );
}

function Actions({ filter }: { filter: BandFilter }) {
  const { can } = useMe();
  return (
    <>
      <Button
        component="a"
        href={csvPath(filter)}
        download
        leftSection={<IconDownload size={16} stroke={1.5} aria-hidden="true" />}
      >
        Export CSV
      </Button>
      {can.includes('bands.import') && (
        <PathButton path="/imports?kind=bands">Import bands</PathButton>
      )}
    </>
  );
}

function Basis({ comparison }: { comparison: BandComparison }) {
  const { basis, computedFrom, asOf, view, smallGroup } = comparison;
  const { people, bands } = computedFrom;
  return (
    <>
      As of {dayWords(asOf)}, {basis}. Computed from {whole(people)} people and {whole(bands)}{' '}
      bands.
      {view === 'buckets' &&
        ` Figures without names are those of the first day of the quarter, and only of groups from which nobody can work out what fewer than ${smallGroup} people earn.`}
    </>
  );
}

function Filters({ comparison }: { comparison: BandComparison }) {
  const { filter, change } = useBandSearch();
  const units = useQuery(facetsQuery).data?.units ?? [];
  const shown = comparison.rows[0]?.location ?? null;
  return (
    <div className={classes.filters}>
      <TextInput
        type="date"
        label="As of"
        disabled={comparison.view === 'buckets'}
        value={comparison.view === 'buckets' ? comparison.asOf : (filter.asOf ?? comparison.asOf)}
        onChange={(event) => change({ asOf: event.currentTarget.value || undefined })}
      />
      <Select
        label="Location"
        data={comparison.locations.map(({ code, currency }) => ({
          value: code,
          label: `${code}, ${currency}`,
        }))}
        value={filter.location ?? shown}
        onChange={(location) => change({ location: location ?? undefined })}
      />
      <Select
        label="Track"
        placeholder="All tracks"
        clearable
        clearButtonProps={{ 'aria-label': 'All tracks' }}
        data={[
          { value: 'ic', label: 'Individual contributor' },
          { value: 'management', label: 'Management' },
        ]}
        value={filter.track ?? null}
        onChange={(track) => change({ track: track ?? undefined })}
      />
      <Select
        label="Unit"
        placeholder="All units"
        clearable
        clearButtonProps={{ 'aria-label': 'All units' }}
        data={units.map(({ id, name }) => ({ value: id, label: name }))}
        value={filter.unit ?? null}
        onChange={(unit) => change({ unit: unit ?? undefined })}
      />
      <SegmentedControl
        aria-label="Show"
        className={classes.view}
        data={[
          { value: 'people', label: 'People' },
          { value: 'buckets', label: 'Buckets' },
        ]}
        value={comparison.view}
        onChange={(view) => change({ view: view as 'people' | 'buckets', asOf: undefined })}
      />
    </div>
  );
}

function Panels({ comparison }: { comparison: BandComparison }) {
  const { level } = route.useSearch();
  const { rows, warnings } = comparison;
  const start = rows.findIndex((row) => row.level === level);
  const [chosen, setChosen] = useState(Math.max(0, start));
  const focused = Math.min(chosen, rows.length - 1);
  return (
    <>
      <div className={classes.charts}>
        <ChartPanel comparison={comparison} focused={focused} onFocus={setChosen} />
        <HeatMap
          comparison={comparison}
          location={rows[0]?.location}
          level={rows[focused]?.level}
        />
      </div>
      {warnings.length > 0 && <Warnings warnings={warnings} />}
      <BandTable comparison={comparison} focused={focused} onFocus={setChosen} />
      <div className={classes.below}>
        <Outside comparison={comparison} />
      </div>
    </>
  );
}

function Warnings({ warnings }: { warnings: BandComparison['warnings'] }) {
  return (
    <ul className={classes.warnings} aria-label="Warnings">
      {warnings.map((warning) => (
        <li key={warning.level + warning.text} className={cx(ui.row, ui.small)}>
          <IconAlertTriangle size={16} stroke={1.5} aria-hidden="true" className={ui.bad} />
          <b>{warning.level}</b> {warning.text}
        </li>
      ))}
    </ul>
  );
}
