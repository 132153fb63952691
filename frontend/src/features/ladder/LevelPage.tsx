import { Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMe } from '../../api/me';
import type { Ladder, Level } from '../../api/types';
import { PathButton } from '../../components/links';
import { Page } from '../../components/page/Page';
import { Empty, QueryPage } from '../../components/page/states';
import { Chip } from '../../components/ui';
import { LevelView } from './LevelView';
import classes from './ladder.module.css';
import { levelsOf } from './levels';
import { toLevel } from './paths';
import { ladderQuery } from './queries';
import { translated } from './translate';

const route = getRouteApi('/ladders/$slug/levels/$code');

/** One level in full, to read, to link and to print. */
export default function LevelPage() {
  const { slug, code } = route.useParams();
  const { version, lang } = route.useSearch();
  const ladder = useQuery(ladderQuery(slug, version));
  return (
    <QueryPage query={ladder} title={code} what="The ladder">
      {(data) => <LevelScreen ladder={translated(data, lang)} code={code} />}
    </QueryPage>
  );
}

function LevelScreen({ ladder, code }: { ladder: Ladder; code: string }) {
  const { version, lang, delta = false } = route.useSearch();
  const base = `/ladders/${ladder.slug}`;
  const navigate = route.useNavigate();
  const { person } = useMe();
  const levels = levelsOf(ladder);
  const level = levels.find((each) => each.code === code);
  const crumbs = [
    { label: 'Ladders', path: '/ladders' },
    { label: ladder.name, path: `/ladders/${ladder.slug}` },
  ];
  if (!level) {
    return (
      <Page title={code} crumbs={crumbs}>
        <Empty title={`${ladder.name} has no level ${code}`}>
          It may be a level of another ladder, or of another version.
        </Empty>
      </Page>
    );
  }
  const below = levelBelow(ladder, level);
  return (
    <Page
      title={level.title}
      shortTitle={level.code}
      crumbs={crumbs}
      chips={
        <>
          <Chip tone="line">{level.code}</Chip>
          <Chip tone="line">Ladder {ladder.version}</Chip>
          {level.code === person.level && <Chip tone="accent">You are here</Chip>}
        </>
      }
      subtitle={level.summary}
      action={
        <PathButton
          variant="filled"
          path={`/ladders/${ladder.slug}/compare?levels=${[below?.code, level.code].filter(Boolean).join(',')}&only=true`}
        >
          Compare levels
        </PathButton>
      }
    >
      {below && (
        <Switch
          label={`Only what is new compared with ${below.code}`}
          checked={delta}
          onChange={(event) => {
            const on = event.currentTarget.checked;
            void navigate({ search: (now) => ({ ...now, delta: on || undefined }), replace: true });
          }}
        />
      )}
      <p className={classes.printed}>
        {ladder.name} {ladder.version}, {window.location.origin}
        {base}/levels/{level.code}?version={ladder.version}
      </p>
      <LevelView
        ladder={ladder}
        level={level}
        to={toLevel(base, { ...(version && { version }), ...(lang && { lang }) })}
        delta={delta && below ? below.code : undefined}
        version={version}
      />
    </Page>
  );
}

/** The level below on the same track or, where a track branches off, the level that leads to it. */
function levelBelow(ladder: Ladder, level: Level): Level | undefined {
  const track = ladder.tracks.find(({ levels }) => levels.includes(level));
  const lower = (track?.levels ?? []).filter(({ ordinal }) => ordinal < level.ordinal);
  return (
    lower.toSorted((one, other) => other.ordinal - one.ordinal)[0] ??
    levelsOf(ladder).find(
      ({ ordinal, next }) => ordinal < level.ordinal && next?.includes(level.code),
    )
  );
}
