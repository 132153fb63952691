import type { Case, CaseRequest, Section } from '../../api/types';

/** The names of the parts of a packet, in reading order. */
export const parts = [
  { key: 'summary', label: 'Summary' },
  { key: 'project', label: 'Projects' },
  { key: 'mentoring', label: 'Mentoring' },
  { key: 'organisation', label: 'Organisation' },
  { key: 'claim', label: 'Rubric claims' },
  { key: 'gaps', label: 'Gaps' },
  { key: 'statement', label: 'Manager' },
] as const;

export type PartKey = (typeof parts)[number]['key'];

export function sectionsOf({ sections }: Pick<Case, 'sections'>, part: PartKey): Section[] {
  return sections.filter((section) => section.kind === part);
}

export function openRequests(requests: CaseRequest[], keys: string[]): CaseRequest[] {
  return requests.filter((request) => request.doneAt === null && keys.includes(request.sectionKey));
}

/** The section keys of requests that belong to a part. */
export function partKeys(promotion: Pick<Case, 'sections'>, part: PartKey): string[] {
  return part === 'statement'
    ? ['statement']
    : sectionsOf(promotion, part).map((section) => section.key);
}

/** "Noor Adeyinka, IC4 Senior to IC5 Lead". */
export function caseTitle({ person, from, to }: Pick<Case, 'person' | 'from' | 'to'>): string {
  return `${person.name}, ${from.code} ${from.title} to ${to.code} ${to.title}`;
}
