import type { CaseRow, PersonRow } from '../../api/types';
import type { NavGroup } from './nav';

export type Hit = { key: string; label: string; path: string; note?: string };
export type HitGroup = { label: string; hits: Hit[] };

type Sources = {
  people?: PersonRow[] | undefined;
  cases?: CaseRow[] | undefined;
  groups: NavGroup[];
};

const doing: Hit[] = [
  { key: 'do-evidence', label: 'Log evidence', path: '/evidence?new=true', note: 'N' },
  { key: 'do-assess', label: 'Continue my assessment', path: '/assessments' },
];

function fits(label: string, term: string): boolean {
  const words = term.toLowerCase().split(/\s+/).filter(Boolean);
  return words.every((word) => label.toLowerCase().includes(word));
}

function personHit({ id, name, level, title }: PersonRow): Hit {
  return { key: `person-${id}`, label: name, path: `/people/${id}`, note: `${level} ${title}` };
}

function caseHit({ id, person, fromLevel, toLevel, bar }: CaseRow): Hit {
  return {
    key: `case-${id}`,
    label: `${person.name}, ${fromLevel} to ${toLevel}`,
    path: `/cases/${id}`,
    note: bar.words,
  };
}

function pages(groups: NavGroup[], ladders: boolean): Hit[] {
  return groups
    .filter((group) => (group.label === 'Ladders') === ladders)
    .flatMap((group) => group.entries)
    .map((entry) => ({ key: `page-${entry.path}`, label: entry.label, path: entry.path }));
}

/** What the palette shows for a term, in a fixed order of groups; empty groups are absent. */
export function hitGroups(term: string, { people = [], cases = [], groups }: Sources): HitGroup[] {
  const matching = (hits: Hit[]) => hits.filter((hit) => fits(hit.label, term));
  const all: HitGroup[] = [
    { label: 'People', hits: people.map(personHit) },
    { label: 'Do', hits: matching(doing) },
    { label: 'Cases', hits: matching(cases.map(caseHit)).slice(0, 6) },
    { label: 'Ladders', hits: matching(pages(groups, true)) },
    { label: 'Pages', hits: matching(pages(groups, false)) },
  ];
  return all.filter((group) => group.hits.length > 0);
}
