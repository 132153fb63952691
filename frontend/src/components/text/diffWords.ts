import type { Segment } from '../../api/types';

const splitWords = /(?<=\s)(?=\S)/;

function commonLengths(before: string[], after: string[]): number[][] {
  const lengths = Array.from({ length: before.length + 1 }, () =>
    new Array<number>(after.length + 1).fill(0),
  );
  const at = (row: number, column: number) => lengths[row]?.[column] ?? 0;
  for (let row = before.length - 1; row >= 0; row--) {
    for (let column = after.length - 1; column >= 0; column--) {
      const equal = before[row] === after[column];
      const longest = equal
        ? at(row + 1, column + 1) + 1
        : Math.max(at(row + 1, column), at(row, column + 1));
      (lengths[row] as number[])[column] = longest;
    }
  }
  return lengths;
}

function push(segments: Segment[], text: string, change: Segment['change']): void {
  const last = segments.at(-1);
  if (last?.change === change) last.text += text;
  else segments.push({ text, change });
}

/** The words of `after`, each marked as new or the same as in `before`. */
export function diffWords(before: string, after: string): Segment[] {
  const [old, now] = [before.split(splitWords), after.split(splitWords)];
  const lengths = commonLengths(old, now);
  const segments: Segment[] = [];
  let row = 0;
  for (const [column, word] of now.entries()) {
    const longest = lengths[row]?.[column] ?? 0;
    while (row < old.length && old[row] !== word && (lengths[row + 1]?.[column] ?? 0) === longest)
      row++;
    const same = old[row] === word && row < old.length;
    push(segments, word, same ? 'same' : 'new');
    if (same) row++;
  }
  return segments;
}
