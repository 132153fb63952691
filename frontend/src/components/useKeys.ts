import { useEffect, useRef } from 'react';
import { Store } from './store';

export type KeyHint = { keys: string; does: string };
type Bindings = Record<string, (event: KeyboardEvent) => void>;

/** The keys of the screens that are shown, for the help dialog. */
export const keyHints = new Store<KeyHint[]>([]);

const textTypes = new Set([
  'text',
  'search',
  'email',
  'url',
  'number',
  'date',
  'month',
  'password',
]);

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return textTypes.has(target.type);
  return target instanceof HTMLTextAreaElement || target.isContentEditable;
}

function dialogIsOpen(): boolean {
  return document.querySelector('[role="dialog"]') !== null;
}

/** "mod+Enter" for Ctrl or Cmd with Enter, else the key alone. */
function keyName(event: KeyboardEvent): string {
  return event.ctrlKey || event.metaKey ? `mod+${event.key}` : event.key;
}

function listen(bindings: { current: Bindings }): (event: KeyboardEvent) => void {
  return (event) => {
    const name = keyName(event);
    const single = !name.startsWith('mod+');
    if (event.defaultPrevented || event.altKey || dialogIsOpen()) return;
    if (single && isTyping(event.target)) return;
    const act = bindings.current[name];
    if (!act) return;
    event.preventDefault();
    act(event);
  };
}

/** Keys that act on the whole screen. Single keys work outside text fields only, and no key works under a dialog. */
export function useKeys(bindings: Bindings): void {
  const current = useRef(bindings);
  useEffect(() => {
    current.current = bindings;
  });
  useEffect(() => {
    const onKey = listen(current);
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

/** Lists keys in the help dialog while the component is shown. */
export function useKeyHints(hints: KeyHint[]): void {
  const text = JSON.stringify(hints);
  useEffect(() => {
    const own: KeyHint[] = JSON.parse(text);
    keyHints.set([...keyHints.get(), ...own]);
    return () => {
      const names = new Set(own.map((hint) => hint.keys));
      keyHints.set(keyHints.get().filter((hint) => !names.has(hint.keys)));
    };
  }, [text]);
}
