import { useMutation } from '@tanstack/react-query';
import { type FieldError, isProblem } from '../../api/problem';
import { useRecorded } from './history';
import { type Change, outlineOf } from './outline';
import { type Draft, saveOutline, useSettledDraft } from './queries';

export type OutlineSaver = {
  /** Makes a change and saves it; `what` is what undo will call it. */
  save: (what: string, change: Change, then?: () => void) => void;
  pending: boolean;
  error: Error | null;
  details: FieldError[];
  /** The change that was refused last, so that it can be mended and saved with what mends it. */
  refused: Change | undefined;
  reset: () => void;
};

/** A file that cannot be read; the server says so. */
const nothing = { framework: '', version: '', competencies: [] };

/** Saves changes of a draft's outline one after the other, so that each can be taken back. */
export function useOutlineSaver(draft: Draft): OutlineSaver {
  const record = useRecorded(draft);
  const settled = useSettledDraft(draft);
  const { mutate, isPending, error, reset, variables } = useMutation({
    scope: { id: `outline:${draft.id}` },
    mutationFn: async ({ change }: { what: string; change: Change }) => {
      const now = await settled();
      const before = outlineOf(now.document ?? nothing);
      return { now, next: await saveOutline(draft.id, change(before), now.version) };
    },
    onSuccess: ({ now, next }, { what }) => record(what, next, now),
  });
  return {
    save: (what, change, then) => mutate({ what, change }, { onSuccess: () => then?.() }),
    pending: isPending,
    error,
    details: isProblem(error) ? error.errors : [],
    refused: error ? variables?.change : undefined,
    reset,
  };
}

/** The saver for a form that goes on from a change that was refused: both are saved as one. */
export function onTopOf(saver: OutlineSaver, refused: Change | undefined): OutlineSaver {
  if (!refused) return saver;
  return {
    ...saver,
    save: (what, change, then) => saver.save(what, (outline) => change(refused(outline)), then),
  };
}
