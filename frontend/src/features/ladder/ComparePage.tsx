import { Button, Switch } from '@mantine/core';
import { IconCheckbox, IconLink } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Ladder, LevelComparison } from '../../api/types';
import { ReadBy } from '../../components/bar/ReadBy';
import { dayWords } from '../../components/format';
import { PathButton } from '../../components/links';
import { Page } from '../../components/page/Page';
import { QueryPage, QueryPart } from '../../components/page/states';
import { Chip, cx, ui } from '../../components/ui';
import { CompareList } from './CompareList';
import { CompareTable } from './CompareTable';
import { LevelPicker } from './LevelPicker';
import classes from './ladder.module.css';
import { comparisonQuery, ladderQuery } from './queries';
import { type CompareOptions, useCompareSearch } from './useCompareSearch';

const route = getRouteApi('/ladders/$slug/compare');

export default function ComparePage() {
  const { slug } = route.useParams();
  const { version } = route.useSearch();
  const ladder = useQuery(ladderQuery(slug, version));
  return (
    <QueryPage query={ladder} title="Compare levels" what="The ladder">
      {(data) => <CompareScreen ladder={data} />}
    </QueryPage>
  );
}

function CompareScreen({ ladder }: { ladder: Ladder }) {
  const options = useCompareSearch(ladder);
  const comparison = useQuery(
    comparisonQuery(ladder.slug, options.levels.join(','), options.version),
  );
  const target = options.levels[1];
  return (
    <Page
      title="Compare levels"
      shortTitle="Compare"
      crumbs={[
        { label: 'Ladders', path: '/ladders' },
        { label: ladder.name, path: `/ladders/${ladder.slug}` },
      ]}
      chips={
        <Chip tone="line">
          Ladder {ladder.version}, in force since {dayWords(ladder.effectiveFrom)}
        </Chip>
      }
      top={<TopActions target={target} />}
      action={
        <span className={ui.wideOnly}>
          <ReadBy resource="ladder" />
        </span>
      }
    >
      <div className={classes.filters}>
        <LevelPicker ladder={ladder} levels={options.levels} onChange={options.setLevels} />
        <Toggles options={options} />
      </div>
      <QueryPart query={comparison} what="The comparison">
        {(data) => <Compared comparison={data} options={options} />}
      </QueryPart>
    </Page>
  );
}

function TopActions({ target }: { target: string | undefined }) {
  return (
    <>
      <Button
        size="xs"
        variant="subtle"
        className={ui.wideOnly}
        leftSection={<IconLink size={16} stroke={1.5} aria-hidden="true" />}
        onClick={() => void navigator.clipboard.writeText(window.location.href)}
      >
        Copy link
      </Button>
      {target && (
        <PathButton
          size="xs"
          path={`/assessments?target=${target}`}
          leftSection={<IconCheckbox size={16} stroke={1.5} aria-hidden="true" />}
        >
          Try myself against {target}
        </PathButton>
      )}
    </>
  );
}

function Toggles({ options }: { options: CompareOptions }) {
  return (
    <div className={cx(ui.row, classes.toggles)}>
      <Switch
        label="Only what changes"
        checked={options.only}
        onChange={(event) => options.setOnly(event.currentTarget.checked)}
      />
      <Switch
        label="Examples"
        checked={options.examples}
        onChange={(event) => options.setExamples(event.currentTarget.checked)}
      />
    </div>
  );
}

function Compared({
  comparison,
  options,
}: {
  comparison: LevelComparison;
  options: CompareOptions;
}) {
  return (
    <>
      <div className={ui.wideOnly}>
        <CompareTable comparison={comparison} options={options} />
      </div>
      <div className={ui.phoneOnly}>
        <CompareList comparison={comparison} options={options} />
      </div>
    </>
  );
}
