import { useQueryClient } from '@tanstack/react-query';
import type { Ballot } from '../../api/types';
import { type Autosave, useAutosave } from '../../components/autosave/useAutosave';
import type { BallotInput } from './missing';
import { ballotQuery, panelQuery, saveBallot } from './queries';

function inputOf({ marks, reasons, vote, confidence, reason, notes }: Ballot): BallotInput {
  return { marks, reasons, vote, confidence, reason, notes };
}

/** A ballot that saves itself. Sealing is another step. */
export function useBallot(id: string, ballot: Ballot): Autosave<BallotInput> {
  const queries = useQueryClient();
  const stored = (saved: Ballot) => ({ value: inputOf(saved), version: saved.version });
  return useAutosave<BallotInput>({
    draftKey: `ballot:${id}`,
    saved: stored(ballot),
    text: (value) => [value.reason, ...Object.values(value.reasons), value.notes].join('\n\n'),
    save: async (value, version) => {
      const saved = await saveBallot(id, value, version);
      queries.setQueryData(ballotQuery(id).queryKey, saved);
      queries.setQueryData(
        panelQuery.queryKey,
        (now) =>
          now && {
            ...now,
            items: now.items.map((row) =>
              row.caseId === id && row.mine === 'unread' ? { ...row, mine: 'draft' as const } : row,
            ),
          },
      );
      return stored(saved);
    },
    current: (current) => stored(current as Ballot),
  });
}
