type Saver = { flush: () => void };

const unsaved = new Set<Saver>();
let waiting: (() => void)[] = [];

/** Notes that a saver has text that the server lacks, or that it has no more. */
export function noteUnsaved(saver: Saver, has: boolean): void {
  if (has) {
    unsaved.add(saver);
    return;
  }
  unsaved.delete(saver);
  if (unsaved.size > 0) return;
  for (const go of waiting) go();
  waiting = [];
}

/** Saves what still waits, and resolves once all of it is on the server or was refused there. */
export function whenSaved(): Promise<void> {
  for (const saver of unsaved) saver.flush();
  if (unsaved.size === 0) return Promise.resolve();
  return new Promise((resolve) => {
    waiting.push(resolve);
  });
}
