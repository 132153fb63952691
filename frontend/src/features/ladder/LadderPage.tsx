import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMe } from '../../api/me';
import type { Ladder } from '../../api/types';
import { ReadBy } from '../../components/bar/ReadBy';
import { dayWords } from '../../components/format';
import { PathButton } from '../../components/links';
import { Page } from '../../components/page/Page';
import { QueryPage } from '../../components/page/states';
import { Chip, ui } from '../../components/ui';
import { Explorer } from './Explorer';
import { levelsToCompare } from './levels';
import { toLevel } from './paths';
import { ladderQuery } from './queries';

const route = getRouteApi('/ladders/$slug');

export default function LadderPage() {
  const { slug } = route.useParams();
  const { version } = route.useSearch();
  const ladder = useQuery(ladderQuery(slug, version));
  return (
    <QueryPage query={ladder} title="Ladder" what="The ladder">
      {(data) => <LadderScreen ladder={data} />}
    </QueryPage>
  );
}

function LadderScreen({ ladder }: { ladder: Ladder }) {
  const { view, q, lang, version } = route.useSearch();
  const navigate = route.useNavigate();
  const { person } = useMe();
  const levels = levelsToCompare(ladder, person.level).join(',');
  return (
    <Page
      title={ladder.name}
      crumbs={[{ label: 'Ladders', path: '/ladders' }]}
      chips={
        <Chip tone="line">
          Ladder {ladder.version}, in force since {dayWords(ladder.effectiveFrom)}
        </Chip>
      }
      action={
        <>
          <span className={ui.wideOnly}>
            <ReadBy resource="ladder" />
          </span>
          <PathButton path={`/ladders/${ladder.slug}/versions`}>Versions</PathButton>
          <PathButton
            variant="filled"
            path={`/ladders/${ladder.slug}/compare?levels=${levels}&only=true`}
          >
            Compare levels
          </PathButton>
        </>
      }
    >
      <Explorer
        ladder={ladder}
        own={person.level ?? null}
        to={toLevel(`/ladders/${ladder.slug}`, {
          ...(version && { version }),
          ...(lang && { lang }),
        })}
        state={{ view: view ?? 'grid', q: q ?? '', lang }}
        onChange={(part) =>
          void navigate({
            search: (now) => ({ ...now, ...part, q: part.q ?? now.q ?? undefined }),
            replace: true,
          })
        }
      />
    </Page>
  );
}
