import type { components } from '../../api/schema';

export type Unit = components['schemas']['PeopleUnitNode'];
export type Branch = { unit: Unit; below: Branch[] };

/**
 * The flat list as a tree, siblings in its order. A unit whose parent is missing goes
 * to the top, so that none is lost.
 */
export function branches(units: readonly Unit[]): Branch[] {
  const known = new Map(units.map((unit) => [unit.id, { unit, below: [] } as Branch]));
  const top: Branch[] = [];
  for (const branch of known.values()) {
    const above = branch.unit.parentId ? known.get(branch.unit.parentId) : undefined;
    (above?.below ?? top).push(branch);
  }
  return top;
}
