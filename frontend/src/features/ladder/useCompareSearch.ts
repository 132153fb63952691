import { getRouteApi } from '@tanstack/react-router';
import { useMe } from '../../api/me';
import type { Ladder } from '../../api/types';
import { levelsToCompare } from './levels';

const route = getRouteApi('/ladders/$slug/compare');

/** What to compare and how, read from the address. */
export function useCompareSearch(ladder: Ladder) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { person } = useMe();
  const chosen = search.levels?.split(',').filter(Boolean);
  const levels = chosen ?? levelsToCompare(ladder, person.level);
  const change = (part: Partial<typeof search>) =>
    void navigate({ search: (now) => ({ ...now, ...part }), replace: true });
  return {
    levels,
    only: search.only ?? true,
    examples: search.examples ?? false,
    version: search.version,
    own: person.level ?? null,
    setLevels: (next: string[]) => change({ levels: next.join(',') }),
    setOnly: (only: boolean) => change({ only }),
    setExamples: (examples: boolean) => change({ examples }),
  };
}

export type CompareOptions = ReturnType<typeof useCompareSearch>;
