import type { Ballot, CoverageRow } from '../../api/types';

/** What a panelist writes. Missing marks are absent or null. */
export type BallotInput = Pick<
  Ballot,
  'marks' | 'reasons' | 'vote' | 'confidence' | 'reason' | 'notes'
>;

type Row = Pick<CoverageRow, 'competency' | 'name' | 'needs'>;

/** A mark below what the level expects needs its own reason, so that the candidate can learn from it. */
export function needsReason(
  mark: BallotInput['marks'][string] | undefined,
  needs: number,
): boolean {
  return mark !== undefined && mark !== null && mark < needs;
}

/** The names of the competencies whose mark needs a reason but has none. */
export function reasonsMissing(value: BallotInput, rows: Row[]): string[] {
  return rows
    .filter(({ competency, needs }) => needsReason(value.marks[competency], needs))
    .filter(({ competency }) => (value.reasons[competency] ?? '').trim() === '')
    .map(({ name }) => name);
}

/** "3 marks, vote, 1 reason left", empty when the ballot can be sealed. */
export function ballotLeft(value: BallotInput, rows: Row[]): string {
  const marks = rows.filter(({ competency }) => (value.marks[competency] ?? null) === null).length;
  const reasons = reasonsMissing(value, rows).length + (value.reason.trim() === '' ? 1 : 0);
  const parts = [
    marks > 0 && `${marks} ${marks === 1 ? 'mark' : 'marks'}`,
    value.vote === null && 'vote',
    value.confidence === null && 'confidence',
    reasons > 0 && `${reasons} ${reasons === 1 ? 'reason' : 'reasons'}`,
  ].filter(Boolean);
  return parts.length > 0 ? `${parts.join(', ')} left` : '';
}
