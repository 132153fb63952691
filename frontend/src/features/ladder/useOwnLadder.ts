import { useQuery } from '@tanstack/react-query';
import type { Ladder } from '../../api/types';
import { homeQuery } from '../home/queries';
import { ladderQuery } from './queries';

/** The ladder that the reader stands on. */
export function useOwnLadder(): Ladder | undefined {
  const slug = useQuery(homeQuery).data?.level.ladderSlug;
  return useQuery({ ...ladderQuery(slug ?? ''), enabled: Boolean(slug) }).data;
}

/** Names of competencies by code. An unknown code is its own name. */
export function useCompetencyName(): (code: string) => string {
  const ladder = useOwnLadder();
  return (code) =>
    ladder?.competencies.find((competency) => competency.code === code)?.name ?? code;
}
