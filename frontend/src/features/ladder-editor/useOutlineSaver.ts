import { useMutation } from '@tanstack/react-query';
import { type FieldError, isProblem } from '../../api/problem';
import { useRecorded } from './history';
import type { Outline } from './outline';
import { type Draft, saveOutline } from './queries';

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
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: ({ outline }: { what: string; outline: Outline }) =>
      saveOutline(draft.id, outline, draft.version),
    onSuccess: (next, { what }) => record(what, next),
  });
  return {
    save: (what, outline, then) => mutate({ what, outline }, { onSuccess: () => then?.() }),
    pending: isPending,
    error,
    details: isProblem(error) ? error.errors : [],
    reset,
  };
}
