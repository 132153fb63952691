import { useMutation } from '@tanstack/react-query';
import { type FieldError, isProblem } from '../../api/problem';
import { useRecorded } from './history';
import type { Outline } from './outline';
import { type Draft, saveOutline, useSettledDraft } from './queries';

export type OutlineSaver = {
  /** Saves an outline; `what` is what undo will call it. */
  save: (what: string, outline: Outline, then?: () => void) => void;
  pending: boolean;
  error: Error | null;
  details: FieldError[];
  reset: () => void;
};

/** Saves outlines of a draft, so that each can be taken back. */
export function useOutlineSaver(draft: Draft): OutlineSaver {
  const record = useRecorded(draft);
  const settled = useSettledDraft(draft);
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: async ({ outline }: { what: string; outline: Outline }) => {
      const now = await settled();
      return { now, next: await saveOutline(draft.id, outline, now.version) };
    },
    onSuccess: ({ now, next }, { what }) => record(what, next, now),
  });
  return {
    save: (what, outline, then) => mutate({ what, outline }, { onSuccess: () => then?.() }),
    pending: isPending,
    error,
    details: isProblem(error) ? error.errors : [],
    reset,
  };
}
