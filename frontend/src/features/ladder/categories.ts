import type { Ladder } from '../../api/types';

/** The path of a category from the outermost: "Building, Running things". */
export function categoryPath(categories: Ladder['categories'], code: string, depth = 5): string {
  const category = categories.find((each) => each.code === code);
  if (!category || depth === 0) return '';
  const name = category.name ?? code;
  const above = category.parent ? categoryPath(categories, category.parent, depth - 1) : '';
  return above ? `${above}, ${name}` : name;
}
