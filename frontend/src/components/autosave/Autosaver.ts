import { isPassing, isProblem, Unreachable } from '../../api/problem';
import { Store } from '../store';
import { type Draft, dropDraft, keepDraft, keptDraft } from './drafts';
import { noteUnsaved } from './unsaved';

export type Saved<T> = { value: T; version: number };

export type SaveStatus =
  | { kind: 'idle' }
  | { kind: 'saving' }
  | { kind: 'saved'; at: Date }
  | { kind: 'offline'; since: Date }
  /** The server is busy; the text is sent again by itself. */
  | { kind: 'busy'; since: Date }
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
  /** The time before which the server does not want to be asked again. */
  private notBefore = 0;
  /** What keeps the text on the device at present, and since when. */
  private troubled: { kind: 'offline' | 'busy'; at: Date } | undefined;
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
    if (Date.now() < this.notBefore) {
      this.wait(0);
      return;
    }
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
    this.timer = setTimeout(this.flush, Math.max(delay, this.notBefore - Date.now()));
  }

  private async run(): Promise<void> {
    this.running = true;
    this.update({ status: { kind: 'saving' } });
    const sent = this.store.get().value;
    try {
      const saved = await this.options.save(sent, this.base.version);
      this.base = { value: sent, version: saved.version };
      this.running = false;
      this.troubled = undefined;
      this.settle();
    } catch (error) {
      this.running = false;
      this.fail(error, sent);
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

  private fail(error: unknown, sent: T): void {
    if (isPassing(error)) {
      // A step must not overtake the text, so the text still counts as unsaved.
      this.notBefore = Date.now() + (error.retryAfter ?? retryEvery);
      this.update({ status: { kind: 'busy', since: this.since('busy') } });
      this.wait(0);
      return;
    }
    if (isProblem(error, 'stale')) {
      const theirs = this.options.current(error.current);
      if (same(theirs.value, sent)) {
        // An earlier try was stored although its answer got lost.
        this.base = theirs;
        this.settle();
        return;
      }
      noteUnsaved(this, false);
      this.update({ status: { kind: 'conflict' }, theirs });
      return;
    }
    noteUnsaved(this, false);
    if (error instanceof Unreachable) {
      this.update({ status: { kind: 'offline', since: this.since('offline') } });
      this.wait(retryEvery);
    } else {
      const reason = error instanceof Error ? error.message : 'the server refused it';
      const text = this.options.text(this.store.get().value);
      this.update({ status: { kind: 'failed', reason, text } });
    }
  }

  /** Since when it has been so, over any number of tries. */
  private since(kind: 'offline' | 'busy'): Date {
    this.troubled ??= { kind, at: new Date() };
    if (this.troubled.kind !== kind) this.troubled = { kind, at: new Date() };
    return this.troubled.at;
  }
}
