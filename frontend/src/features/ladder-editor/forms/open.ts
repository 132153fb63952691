import type { Step } from '../useOutlineSaver';
import { type PartKey, parts } from './parts';

/** What is open beside the lists; `at` is missing for something new. */
export type Open = { at?: number | undefined; refused?: Step } & (
  | { part: 'level'; track: number }
  | { part: 'competency' | 'rule' | PartKey }
);

/** The form in which an error is mended, by where it is told to be. */
export function openAt(pointer: string): Open | undefined {
  const [, part = '', first, , second] = pointer.split('/');
  const at = Number(first);
  if (part === 'rule') return { part };
  if (first === undefined) return undefined;
  if (part === 'tracks' && second !== undefined) {
    return { part: 'level', track: at, at: Number(second) };
  }
  if (part === 'competencies') return { part: 'competency', at };
  return part in parts ? { part: part as PartKey, at } : undefined;
}
