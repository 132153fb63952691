import type { Step } from '../useOutlineSaver';
import { type PartKey, parts } from './parts';

/** What is open beside the lists. `at` is missing for a new entry. */
export type Open = { at?: number | undefined; refused?: Step } & (
  | { part: 'level'; track: number }
  | { part: 'competency' | 'rule' | PartKey }
);

/** The form that fixes an error, found by the pointer of the error. */
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
