import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { isProblem } from '../../api/problem';
import { apiQuery } from '../../api/query';
import type { Ladder } from '../../api/types';
import { dayWords } from '../../components/format';
import { PathLink } from '../../components/links';
import { Empty, Failed, Loading } from '../../components/page/states';
import { ui } from '../../components/ui';
import { Explorer } from './Explorer';
import { LevelView } from './LevelView';
import classes from './ladder.module.css';
import { levelsOf } from './levels';
import { toLevel } from './paths';
import { translated } from './translate';

const publicQuery = (slug: string) => ({
  ...apiQuery('/public/ladders/{slug}', { path: { slug } }),
  retry: false,
});

const route = getRouteApi('/public/ladders/$slug');
const levelRoute = getRouteApi('/public/ladders/$slug/levels/$code');

function Frame({ ladder, children }: { ladder: Ladder; children: React.ReactNode }) {
  return (
    <main className={classes.publicPage}>
      <h1>
        <PathLink path={`/public/ladders/${ladder.slug}`}>{ladder.name}</PathLink>
      </h1>
      <p className={ui.second}>
        Version {ladder.version}, in force since {dayWords(ladder.effectiveFrom)}. {ladder.summary}
      </p>
      {children}
    </main>
  );
}

function Gone() {
  return (
    <main className={classes.publicPage}>
      <Empty title="There is no ladder here">
        Its public link may be switched off. Ask the person who gave you the address.
      </Empty>
    </main>
  );
}

type PublicProps = { slug: string; children: (ladder: Ladder) => React.ReactNode };

/** The ladder once it is loaded. A wrong address and a failure are told apart. */
function Loaded({ slug, children }: PublicProps) {
  const ladder = useQuery(publicQuery(slug));
  if (ladder.isPending) return <Loading />;
  if (ladder.data) return <Frame ladder={ladder.data}>{children(ladder.data)}</Frame>;
  if (isProblem(ladder.error) && ladder.error.status === 404) return <Gone />;
  return (
    <main className={classes.publicPage}>
      <Failed error={ladder.error} what="The ladder" onRetry={() => void ladder.refetch()} />
    </main>
  );
}

/** A ladder that its owner has made public, shown without an account. */
export default function PublicLadderPage() {
  const { slug } = route.useParams();
  const { view, q, lang } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Loaded slug={slug}>
      {(ladder) => (
        <Explorer
          ladder={ladder}
          own={null}
          to={toLevel(`/public/ladders/${slug}`, { ...(lang && { lang }) })}
          state={{ view: view ?? 'grid', q: q ?? '', lang }}
          onChange={(part) =>
            void navigate({ search: (now) => ({ ...now, ...part }), replace: true })
          }
        />
      )}
    </Loaded>
  );
}

export function PublicLevelPage() {
  const { slug, code } = levelRoute.useParams();
  const { lang } = levelRoute.useSearch();
  const to = toLevel(`/public/ladders/${slug}`, { ...(lang && { lang }) });
  return (
    <Loaded slug={slug}>
      {(original) => {
        const ladder = translated(original, lang);
        const level = levelsOf(ladder).find((each) => each.code === code);
        if (!level) return <Empty title={`There is no level ${code}`}>See all levels above.</Empty>;
        return (
          <>
            <h2>
              {level.code} {level.title}
            </h2>
            <LevelView ladder={ladder} level={level} to={to} />
          </>
        );
      }}
    </Loaded>
  );
}
