import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Home } from '../../api/types';
import { count, dateWords, longDayWords } from '../../components/format';
import { PathButton } from '../../components/links';
import { Page } from '../../components/page/Page';
import { Empty, QueryPage } from '../../components/page/states';
import { cx, Kbd, ui } from '../../components/ui';
import { AgainstTable } from './AgainstTable';
import { EvidenceCard, LevelCard, ReadersCard } from './cards';
import classes from './home.module.css';
import { homeQuery } from './queries';
import { TaskList } from './TaskList';

export default function HomePage() {
  const home = useQuery(homeQuery);
  return (
    <QueryPage query={home} title="Home" what="Home">
      {(data) => <HomeScreen home={data} />}
    </QueryPage>
  );
}

function summary({ tasks }: Home): string {
  const today = longDayWords(new Date());
  if (tasks.length === 0) return `${today} · Nothing waits for you`;
  const words = `${today} · ${count(tasks.length, 'thing waits', 'things wait')} for you`;
  const dates = tasks.flatMap((task) => task.dueAt ?? []).toSorted();
  return dates[0] ? `${words}, the first is due ${dateWords(dates[0])}` : words;
}

function HomeScreen({ home }: { home: Home }) {
  return (
    <Page
      title="Home"
      subtitle={summary(home)}
      action={
        <PathButton
          path="/evidence?new=true"
          className={ui.wideOnly}
          leftSection={<IconPlus size={16} stroke={1.5} aria-hidden="true" />}
          rightSection={<Kbd>N</Kbd>}
        >
          Log evidence
        </PathButton>
      }
    >
      <div className={classes.columns}>
        <div className={classes.left}>
          <h2 className={classes.heading}>Your turn</h2>
          {home.tasks.length > 0 ? <TaskList tasks={home.tasks} mine /> : <NothingWaits />}
          {home.waiting.length > 0 && (
            <>
              <h2 className={classes.heading}>Waiting for others</h2>
              <TaskList tasks={home.waiting} />
            </>
          )}
          {home.against && <AgainstTable against={home.against} />}
        </div>
        <aside className={classes.right} aria-label="Your record">
          <LevelCard level={home.level} />
          <EvidenceCard evidence={home.evidence} />
          <ReadersCard readers={home.readers} />
        </aside>
      </div>
    </Page>
  );
}

function NothingWaits() {
  return (
    <div className={cx(ui.panel, classes.calm)}>
      <Empty
        title="Nothing waits for you"
        action={<PathButton path="/evidence?new=true">Log evidence</PathButton>}
      >
        Assessments, packets and ballots appear here when it is your turn. Until then, write down
        one thing that you finished this week.
      </Empty>
    </div>
  );
}
