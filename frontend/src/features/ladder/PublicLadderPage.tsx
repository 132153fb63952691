import { queryOptions, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { client, read } from '../../api/client';
import type { Ladder } from '../../api/types';
import { dayWords } from '../../components/format';
import { Empty, Loading } from '../../components/page/states';
import { ui } from '../../components/ui';
import { Explorer, type ExplorerState } from './Explorer';
import { LevelView } from './LevelView';
import classes from './ladder.module.css';
import { levelsOf } from './levels';
import { toLevel } from './paths';

const publicQuery = (slug: string) =>
  queryOptions({
    queryKey: ['public-ladder', slug],
    queryFn: () => read(client.GET('/public/ladders/{slug}', { params: { path: { slug } } })),
    retry: false,
  });

const route = getRouteApi('/public/ladders/$slug');
const levelRoute = getRouteApi('/public/ladders/$slug/levels/$code');

function Frame({ ladder, children }: { ladder: Ladder; children: React.ReactNode }) {
  return (
    <main className={classes.publicPage}>
      <h1>{ladder.name}</h1>
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
        Its public link may be switched off. Ask who gave you the address.
      </Empty>
    </main>
  );
}

/** A ladder whose owner shows it to everybody, without an account. */
export default function PublicLadderPage() {
  const { slug } = route.useParams();
  const ladder = useQuery(publicQuery(slug));
  const [state, setState] = useState<ExplorerState>({ view: 'grid', q: '' });
  if (ladder.isPending) return <Loading />;
  if (!ladder.data) return <Gone />;
  return (
    <Frame ladder={ladder.data}>
      <Explorer
        ladder={ladder.data}
        own={null}
        to={toLevel(`/public/ladders/${slug}`, {})}
        state={state}
        onChange={(part) => setState({ ...state, ...part })}
      />
    </Frame>
  );
}

export function PublicLevelPage() {
  const { slug, code } = levelRoute.useParams();
  const ladder = useQuery(publicQuery(slug));
  if (ladder.isPending) return <Loading />;
  const level = ladder.data && levelsOf(ladder.data).find((each) => each.code === code);
  if (!ladder.data || !level) return <Gone />;
  return (
    <Frame ladder={ladder.data}>
      <h2>
        {level.code} {level.title}
      </h2>
      <LevelView ladder={ladder.data} level={level} to={toLevel(`/public/ladders/${slug}`, {})} />
    </Frame>
  );
}
