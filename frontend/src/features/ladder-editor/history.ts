import { createContext, useContext, useState } from 'react';
import { type Draft, saveSource, useDraftSaved, useSettledDraft } from './queries';

/** One change of the text: what was done, and the text on both sides of it. */
export type Step = { what: string; before: string; after: string };
export type Steps = { done: Step[]; undone: Step[] };

const most = 50;
export const noSteps: Steps = { done: [], undone: [] };

/** Adds a change. A change that continues the last one becomes part of it. */
export function recorded({ done }: Steps, step: Step): Steps {
  if (step.before === step.after) return { done, undone: [] };
  const last = done.at(-1);
  const joined =
    last?.what === step.what && last.after === step.before
      ? [...done.slice(0, -1), { ...last, after: step.after }]
      : [...done, step];
  return { done: joined.slice(-most), undone: [] };
}

/** The steps without those that somebody else's change made impossible. */
export function possible({ done, undone }: Steps, source: string): Steps {
  return {
    done: done.at(-1)?.after === source ? done : [],
    undone: undone.at(-1)?.before === source ? undone : [],
  };
}

export type History = {
  record: (step: Step) => void;
  undo: (() => Promise<void>) | undefined;
  redo: (() => Promise<void>) | undefined;
  /** What undo and redo would do next. */
  last: string | undefined;
  next: string | undefined;
  failed: string;
};

export const HistoryContext = createContext<History>({
  record: () => undefined,
  undo: undefined,
  redo: undefined,
  last: undefined,
  next: undefined,
  failed: '',
});

/** Keeps the changes of a draft since it was opened, for undo and redo. */
export function useDraftHistory(draft: Draft): History {
  const [steps, setSteps] = useState(noSteps);
  const [failed, setFailed] = useState('');
  const saved = useDraftSaved();
  const settled = useSettledDraft(draft);
  const { done, undone } = possible(steps, draft.source);
  const last = done.at(-1);
  const next = undone.at(-1);
  const write = async (source: string, then: Steps) => {
    try {
      const now = await settled();
      if (now.source !== draft.source) return; // the last words became a separate step
      saved(await saveSource(draft.id, source, now.version));
      setSteps(then);
      setFailed('');
    } catch (error) {
      setFailed(error instanceof Error ? error.message : 'It was not undone.');
    }
  };
  const can = draft.canEdit;
  return {
    record: (step) => setSteps((now) => recorded(now, step)),
    undo:
      can && last
        ? () => write(last.before, { done: done.slice(0, -1), undone: [...undone, last] })
        : undefined,
    redo:
      can && next
        ? () => write(next.after, { done: [...done, next], undone: undone.slice(0, -1) })
        : undefined,
    last: last?.what,
    next: next?.what,
    failed,
  };
}

/** Puts an answered draft where the screens read it, and its change on the list for undo. */
export function useRecorded(draft: Draft) {
  const saved = useDraftSaved();
  const { record } = useContext(HistoryContext);
  return (what: string, next: Draft, before = draft) => {
    record({ what, before: before.source, after: next.source });
    saved(next);
  };
}
