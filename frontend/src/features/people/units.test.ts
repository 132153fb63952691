import { describe, expect, it } from 'vitest';
import { branches, type Unit } from './units';

const unit = (id: string, parentId: string | null): Unit => ({
  id,
  name: id,
  parentId: parentId as string, // null at the top
  direct: 1,
  total: 1,
});

describe('branches', () => {
  it('puts units below their parents, in the order of the list', () => {
    const tree = branches([unit('b', 'a'), unit('a', null), unit('c', 'a'), unit('d', 'c')]);
    expect(tree.map(({ unit: { id } }) => id)).toEqual(['a']);
    expect(tree[0]?.below.map(({ unit: { id } }) => id)).toEqual(['b', 'c']);
    expect(tree[0]?.below[1]?.below.map(({ unit: { id } }) => id)).toEqual(['d']);
  });

  it('keeps every unit whose parent is missing', () => {
    expect(branches([unit('x', 'gone')])).toHaveLength(1);
  });
});
