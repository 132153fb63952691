import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Team } from '../../api/types';
import { count } from '../../components/format';
import { LinkButton } from '../../components/links';
import { Page } from '../../components/page/Page';
import { Empty, NoMatch, QueryPage } from '../../components/page/states';
import { cx, Kbd, ui } from '../../components/ui';
import { useKeyHints } from '../../components/useKeys';
import { filters, passes } from './filter';
import { teamQuery } from './queries';
import { Readiness } from './Readiness';
import { TeamTable } from './TeamTable';
import classes from './team.module.css';

const route = getRouteApi('/team');
const hints = [{ keys: 'j, k', does: 'next, previous person' }];

export default function TeamPage() {
  const team = useQuery(teamQuery);
  return (
    <QueryPage query={team} title="Team" what="The team list">
      {(data) => <TeamScreen team={data} />}
    </QueryPage>
  );
}

function TeamScreen({ team }: { team: Team }) {
  const { show } = route.useSearch();
  const rows = team.rows.filter((row) => passes(row, show));
  useKeyHints(hints);
  return (
    <Page
      title="Team"
      crumbs={[{ label: 'My team' }]}
      chips={
        <span className={cx(ui.small, ui.second)}>
          {count(team.rows.length, 'person', 'people')}
        </span>
      }
      top={
        <span className={cx(ui.row, ui.tiny, ui.muted, ui.wideOnly)}>
          Next person <Kbd>J</Kbd> <Kbd>K</Kbd>
        </span>
      }
      bar={team.bar}
    >
      {team.rows.length === 0 ? (
        <Empty title="Nobody reports to you">
          People appear here when the directory names you as their manager.
        </Empty>
      ) : (
        <>
          <Filters team={team} />
          {rows.length > 0 ? <TeamTable rows={rows} /> : <NoneLeft />}
          {team.readiness.length > 0 && <Readiness team={team} />}
        </>
      )}
    </Page>
  );
}

function Filters({ team }: { team: Team }) {
  const { show } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <div className={cx(ui.row, ui.wrap, classes.filters)}>
      {filters.map(({ key, label }) => {
        const number = team.rows.filter((row) => passes(row, key)).length;
        return (
          <button
            key={label}
            type="button"
            className={ui.chip}
            data-tone={show === key ? 'accent' : 'line'}
            aria-pressed={show === key}
            onClick={() => void navigate({ search: { show: key } })}
          >
            {label} {number}
          </button>
        );
      })}
    </div>
  );
}

function NoneLeft() {
  return (
    <NoMatch
      title="Nobody matches"
      action={
        <LinkButton to="/team" search={{ show: undefined }}>
          Show all
        </LinkButton>
      }
    >
      Nobody in your team matches this filter.
    </NoMatch>
  );
}
