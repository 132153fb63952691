import { Button, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { dueWords } from '../../components/format';
import { PersonSelect } from '../../components/input/PersonSelect';
import { Empty, NoMatch, QueryPart } from '../../components/page/states';
import table from '../../components/table/table.module.css';
import { cx, ui } from '../../components/ui';
import classes from './audit.module.css';
import { actionWords, type TrailEvent, type TrailFilter, trailQuery } from './queries';

const route = getRouteApi('/audit');

/** The trail, newest first. Without an evaluation, it does not show who read what. */
export function Trail({ filter }: { filter: TrailFilter }) {
  const trail = useInfiniteQuery(trailQuery(filter));
  const navigate = route.useNavigate();
  const change = (part: TrailFilter) =>
    void navigate({ search: (now) => ({ ...now, ...part }), replace: true });
  const narrowed = Boolean(filter.action || filter.person || filter.from || filter.to);
  return (
    <>
      <div className={classes.filters}>
        <PersonSelect
          label="Person"
          placeholder="Who acted, or whose data"
          clearable
          value={filter.person ?? null}
          onChange={(person) => change({ person: person ?? undefined })}
        />
        <TextInput
          label="Action"
          placeholder="pay.imported"
          value={filter.action ?? ''}
          onChange={(event) => change({ action: event.currentTarget.value || undefined })}
        />
        <TextInput
          type="date"
          label="From"
          value={filter.from ?? ''}
          onChange={(event) => change({ from: event.currentTarget.value || undefined })}
        />
        <TextInput
          type="date"
          label="To"
          value={filter.to ?? ''}
          onChange={(event) => change({ to: event.currentTarget.value || undefined })}
        />
      </div>
      {filter.evaluation && (
        <p className={cx(ui.panel, classes.note)}>
          You are reading within an allowed evaluation. Reads of pay, packets and assessments are
          shown, and each look is recorded in the trail.{' '}
          <button
            type="button"
            className={ui.link}
            onClick={() => change({ evaluation: undefined })}
          >
            Leave the evaluation
          </button>
        </p>
      )}
      <QueryPart query={trail} what="The trail">
        {({ pages }) => {
          const events = pages.flatMap((page) => page.items);
          if (events.length > 0) return <Events events={events} />;
          return narrowed ? (
            <NoMatch title="Nothing matches">Remove a filter to see more.</NoMatch>
          ) : (
            <Empty title="Nothing has happened yet">
              What people and the system do appears here.
            </Empty>
          );
        }}
      </QueryPart>
      {trail.hasNextPage && (
        <div className={classes.more}>
          <Button loading={trail.isFetchingNextPage} onClick={() => void trail.fetchNextPage()}>
            Show older
          </Button>
        </div>
      )}
    </>
  );
}

const hashLength = 12;

function factWords(facts: TrailEvent['facts']): string {
  return Object.entries(facts)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name} ${name === 'hash' ? value.slice(0, hashLength) : value}`)
    .join(', ');
}

function Events({ events }: { events: TrailEvent[] }) {
  return (
    <div className={ui.panel}>
      <table className={cx(table.table, table.reading, table.list)} aria-label="What happened">
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">What</th>
            <th scope="col">Who</th>
            <th scope="col">Whose data</th>
            <th scope="col">Facts</th>
          </tr>
        </thead>
        <tbody>
          {events.map((event) => (
            <tr key={event.id}>
              <td className={ui.number}>
                <time dateTime={event.at}>{dueWords(event.at)}</time>
              </td>
              <th scope="row">{actionWords(event.action)}</th>
              <td>{event.actor?.name ?? `System: ${event.reason}`}</td>
              <td>{event.owner?.name}</td>
              <td className={cx(ui.tiny, ui.second, classes.facts)}>{factWords(event.facts)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
