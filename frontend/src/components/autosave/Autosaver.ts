import { isProblem, Unreachable } from '../../api/problem';
import { Store } from '../store';
import { type Draft, dropDraft, keepDraft, keptDraft } from './drafts';
import { noteUnsaved } from './unsaved';

export type Saved<T> = { value: T; version: number };

export type SaveStatus =
  | { kind: 'idle' }
  | { kind: 'saving' }
  | { kind: 'saved'; at: Date }
  | { kind: 'offline'; since: Date }
  | { kind: 'failed'; reason: string; text: string }
  | { kind: 'conflict' };

export type Options<T> = {
  /** Names the local copy; another key is another text. */
  draftKey: string;
  saved: Saved<T>;
  save: (value: T, version: number) => Promise<Saved<T>>;
  /** Reads somebody else's version from the answer to a stale write. */
  current: (current: unknown) => Saved<T>;
  /** The words of a value, for "Copy my text". */
  text: (value: T) => string;
};

export type Snapshot<T> = {
  value: T;
  status: SaveStatus;
  /** Set while somebody else's newer version waits for a decision. */
  theirs: Saved<T> | null;
  /** Text from an earlier visit that never reached the server. */
  kept: Draft<T> | null;
};

const pause = 800;
const retryEvery = 10_000;

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Saves a value shortly after it changes, one request at a time, and never loses it. */
export class Autosaver<T> {
  readonly store: Store<Snapshot<T>>;
  options: Options<T>;
  private base: Saved<T>;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running = false;
  /** Set when the writer leaves during a request: the rest follows at once. */
  private hurry = false;

  constructor(options: Options<T>) {
    this.options = options;
    this.base = options.saved;
    const draft = keptDraft<T>(options.draftKey);
    const kept = draft && !same(draft.value, options.saved.value) ? draft : null;
    this.store = new Store<Snapshot<T>>({
      value: options.saved.value,
      status: { kind: 'idle' },
      theirs: null,
      kept,
    });
  }

  change = (value: T): void => {
    this.update({ value, kept: null });
    keepDraft(this.options.draftKey, value);
    if (this.store.get().theirs !== null) return;
    noteUnsaved(this, this.isDirty());
    this.wait(pause);
  };

  /** Saves at once what is still waiting, on blur and on leaving. */
  flush = (): void => {
    clearTimeout(this.timer);
    this.hurry = this.running;
    if (this.isDirty() && !this.running && this.store.get().theirs === null) void this.run();
  };

  /** Takes a fresh answer from the server, unless there is text that the server lacks. */
  sync(saved: Saved<T>): void {
    if (saved.version <= this.base.version || this.running || this.isDirty()) return;
    this.base = saved;
    this.update({ value: saved.value });
  }

  /** Restores the text from an earlier visit. */
  restore = (): void => {
    const { kept } = this.store.get();
    if (kept) this.change(kept.value);
  };

  discardKept = (): void => {
    dropDraft(this.options.draftKey);
    this.update({ kept: null });
  };

  /** Ends a conflict with the value that the writer chose. */
  resolve = (value: T): void => {
    const { theirs } = this.store.get();
    if (!theirs) return;
    this.base = theirs;
    this.update({ value, theirs: null });
    if (this.isDirty()) void this.run();
    else this.settle();
  };

  private isDirty(): boolean {
    return !same(this.store.get().value, this.base.value);
  }

  private update(part: Partial<Snapshot<T>>): void {
    this.store.set({ ...this.store.get(), ...part });
  }

  private wait(delay: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.flush, delay);
  }

  private async run(): Promise<void> {
    this.running = true;
    this.update({ status: { kind: 'saving' } });
    const sent = this.store.get().value;
    try {
      const saved = await this.options.save(sent, this.base.version);
      this.base = { value: sent, version: saved.version };
      this.running = false;
      this.settle();
    } catch (error) {
      this.running = false;
      this.fail(error);
    }
  }

  private settle(): void {
    if (this.isDirty()) {
      this.wait(this.hurry ? 0 : pause);
      return;
    }
    noteUnsaved(this, false);
    dropDraft(this.options.draftKey);
    this.update({ status: { kind: 'saved', at: new Date() } });
  }

  private fail(error: unknown): void {
    noteUnsaved(this, false);
    if (isProblem(error, 'stale')) {
      this.update({ status: { kind: 'conflict' }, theirs: this.options.current(error.current) });
    } else if (error instanceof Unreachable) {
      const { status } = this.store.get();
      const since = status.kind === 'offline' ? status.since : new Date();
      this.update({ status: { kind: 'offline', since } });
      this.wait(retryEvery);
    } else {
      const reason = error instanceof Error ? error.message : 'the server refused it';
      const text = this.options.text(this.store.get().value);
      this.update({ status: { kind: 'failed', reason, text } });
    }
  }
}
