import type { Ladder } from '../../api/types';

/** The path of a category from the outermost: "Building, Running things". */
export function categoryPath(categories: Ladder['categories'], code: string, depth = 5): string {
  const category = categories.find((each) => each.code === code);
  if (!category || depth === 0) return '';
  const name = category.name ?? code;
  const above = category.parent ? categoryPath(categories, category.parent, depth - 1) : '';
  return above ? `${above}, ${name}` : name;
}

type Group<C> = { path: string; from: number; competencies: C[] };

/** Competencies in their order. Neighbours in one category form a group. */
export function groupsOf<C extends { category: string }>({
  categories,
  competencies,
}: {
  categories: Ladder['categories'];
  competencies: C[];
}): Group<C>[] {
  const groups: Group<C>[] = [];
  for (const [from, competency] of competencies.entries()) {
    const path = categoryPath(categories, competency.category);
    const last = groups.at(-1);
    if (last?.path === path) last.competencies.push(competency);
    else groups.push({ path, from, competencies: [competency] });
  }
  return groups;
}
