import { useEffect, useMemo } from 'react';
import { Store, useStore } from '../store';
import { Autosaver, type Options, type SaveStatus, type Snapshot } from './Autosaver';

/** What every editor on the screen says about its saving; the top bar shows the worst. */
export const saveBoard = new Store<ReadonlyMap<string, SaveStatus>>(new Map());

function post(key: string, status: SaveStatus | undefined): void {
  const board = new Map(saveBoard.get());
  if (status) board.set(key, status);
  else board.delete(key);
  saveBoard.set(board);
}

export type Autosave<T> = Snapshot<T> & {
  change: (value: T) => void;
  flush: () => void;
  restore: () => void;
  discardKept: () => void;
  resolve: (value: T) => void;
};

function flushOnLeaving<T>(saver: Autosaver<T>): () => void {
  const leave = () => saver.flush();
  window.addEventListener('pagehide', leave);
  window.addEventListener('online', leave);
  document.addEventListener('visibilitychange', leave);
  return () => {
    window.removeEventListener('pagehide', leave);
    window.removeEventListener('online', leave);
    document.removeEventListener('visibilitychange', leave);
    saver.flush();
  };
}

/** Ties an Autosaver to a component: saves on a pause, on blur (call flush), on leaving and when back online. */
export function useAutosave<T>(options: Options<T>): Autosave<T> {
  const { draftKey, saved } = options;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another key means another text
  const saver = useMemo(() => new Autosaver(options), [draftKey]);
  const snapshot = useStore(saver.store);
  useEffect(() => {
    saver.options = options;
    saver.sync(saved);
  });
  useEffect(() => flushOnLeaving(saver), [saver]);
  useEffect(() => {
    post(draftKey, snapshot.status);
  }, [draftKey, snapshot.status]);
  useEffect(() => () => post(draftKey, undefined), [draftKey]);
  const { change, flush, restore, discardKept, resolve } = saver;
  return { ...snapshot, change, flush, restore, discardKept, resolve };
}
