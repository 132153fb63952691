import { useMutation } from '@tanstack/react-query';
import { type FieldError, isProblem } from '../../api/problem';
import { useRecorded } from './history';
import { type Change, outlineOf } from './outline';
import { type Draft, saveOutline, useSettledDraft } from './queries';

/** A change and its name for undo. */
export type Step = { what: string; change: Change };

export type OutlineSaver = {
  /** Makes a change and saves it. */
  save: (what: string, change: Change, then?: () => void) => void;
  pending: boolean;
  error: Error | null;
  details: FieldError[];
  /** The last refused change, so that it can be saved together with its fix. */
  refused: Step | undefined;
  reset: () => void;
};

/** The server could not read the file. */
const nothing = { framework: '', version: '', competencies: [] };

/** Saves the changes of a draft's outline one after the other, so that each can be undone. */
export function useOutlineSaver(draft: Draft): OutlineSaver {
  const record = useRecorded(draft);
  const settled = useSettledDraft(draft);
  const { mutate, isPending, error, reset, variables } = useMutation({
    scope: { id: `outline:${draft.id}` },
    mutationFn: async ({ change }: Step) => {
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
    refused: error ? variables : undefined,
    reset,
  };
}

/** The saver for a form that continues a refused change: both are saved as one. */
export function onTopOf(saver: OutlineSaver, refused: Step | undefined): OutlineSaver {
  if (!refused) return saver;
  return {
    ...saver,
    save: (_, change, then) =>
      saver.save(refused.what, (outline) => change(refused.change(outline)), then),
  };
}
