const prefix = 'rung-draft:';

export type Draft<T> = { value: T; at: string };

function slot(key: string): string {
  return prefix + key;
}

/** Keeps text on this device until the server has it. Writing goes on even if the storage is full or blocked. */
export function keepDraft<T>(key: string, value: T): void {
  const draft: Draft<T> = { value, at: new Date().toISOString() };
  try {
    localStorage.setItem(slot(key), JSON.stringify(draft));
  } catch {
    return;
  }
}

export function keptDraft<T>(key: string): Draft<T> | null {
  try {
    const text = localStorage.getItem(slot(key));
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

export function dropDraft(key: string): void {
  localStorage.removeItem(slot(key));
}
