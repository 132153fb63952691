type Saver = { flush: () => void };

const unsaved = new Set<Saver>();
let waiting: (() => void)[] = [];

/** Notes whether a saver has text that the server lacks. */
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

/** Saves what is still waiting. Resolves once the server has stored or refused all of it. */
export function whenSaved(): Promise<void> {
  for (const saver of unsaved) saver.flush();
  if (unsaved.size === 0) return Promise.resolve();
  return new Promise((resolve) => {
    waiting.push(resolve);
  });
}
