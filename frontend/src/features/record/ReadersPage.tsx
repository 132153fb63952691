import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { apiPages } from '../../api/query';
import type { components } from '../../api/schema';
import { clockWords, dayWords } from '../../components/format';
import { PathLink } from '../../components/links';
import { Page } from '../../components/page/Page';
import { Empty, QueryPage } from '../../components/page/states';
import { Face, Panel, ui } from '../../components/ui';
import classes from './record.module.css';

type Reading = components['schemas']['AuditReading'];

const readersQuery = apiPages('/me/readers', { query: { limit: 50 } });

export default function ReadersPage() {
  const readers = useInfiniteQuery(readersQuery);
  return (
    <QueryPage query={readers} title="Who read my record" what="The list of readers">
      {({ pages }) => (
        <Page
          title="Who read my record"
          subtitle="Who opened your assessment, packet or pay, viewed Rung as you, or asked what you may see."
        >
          <Days readings={pages.flatMap((page) => page.items)} />
          {readers.hasNextPage && (
            <Button
              loading={readers.isFetchingNextPage}
              onClick={() => void readers.fetchNextPage()}
            >
              Show older
            </Button>
          )}
        </Page>
      )}
    </QueryPage>
  );
}

function byDay(readings: Reading[]): [string, Reading[]][] {
  const days = new Map<string, Reading[]>();
  for (const reading of readings) {
    const day = reading.at.slice(0, 10);
    days.set(day, [...(days.get(day) ?? []), reading]);
  }
  return [...days];
}

function Days({ readings }: { readings: Reading[] }) {
  if (readings.length === 0)
    return (
      <Empty title="Nobody has opened your record">
        When somebody opens it, you see here who it was, what they opened and when.
      </Empty>
    );
  return (
    <div className={classes.days}>
      {byDay(readings).map(([day, list]) => (
        <Panel key={day} title={dayWords(day)}>
          <ul className={classes.list}>
            {list.map((reading) => (
              <li key={reading.at + reading.who.id + reading.what}>
                <Face name={reading.who.name} size="small" />
                <span className={ui.grow}>
                  <PathLink path={`/people/${reading.who.id}`} className={ui.medium}>
                    {reading.who.name}
                  </PathLink>{' '}
                  <span className={ui.second}>{did(reading.what)}</span>
                </span>
                <time dateTime={reading.at} className={ui.muted}>
                  {clockWords(reading.at)}
                </time>
              </li>
            ))}
          </ul>
        </Panel>
      ))}
    </div>
  );
}

/** "your pay" becomes "opened your pay". Other words are a sentence already. */
function did(what: string): string {
  return what.startsWith('your ') ? `opened ${what}` : what;
}
