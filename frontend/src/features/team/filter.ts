import type { TeamRow } from '../../api/types';

export const filters = [
  { key: undefined, label: 'All' },
  { key: 'turn', label: 'My turn' },
  { key: 'late', label: 'Late' },
  { key: 'case', label: 'With a case' },
] as const;

export type TeamFilter = (typeof filters)[number]['key'];

export function passes(row: TeamRow, filter: TeamFilter): boolean {
  switch (filter) {
    case 'turn':
      return row.yourTurn;
    case 'late':
      return row.self.late || row.review.late;
    case 'case':
      return row.case !== undefined;
    default:
      return true;
  }
}
