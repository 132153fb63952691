import { Button } from '@mantine/core';
import { useContext, useEffect } from 'react';
import { cx, ui } from '../../components/ui';
import { HistoryContext } from './history';

/** Undoes the changes of a draft, and redoes them. */
export function UndoBar() {
  const { undo, redo, last, next, failed } = useContext(HistoryContext);
  useUndoKeys(undo, redo);
  return (
    <div className={ui.row}>
      {failed && (
        <span role="alert" className={cx(ui.small, ui.bad)}>
          {failed}
        </span>
      )}
      <Button
        size="xs"
        disabled={!undo}
        title={last && `Undo: ${last}`}
        onClick={() => void undo?.()}
      >
        Undo
      </Button>
      <Button
        size="xs"
        disabled={!redo}
        title={next && `Redo: ${next}`}
        onClick={() => void redo?.()}
      >
        Redo
      </Button>
    </div>
  );
}

/** Ctrl-Z and Ctrl-Shift-Z outside text fields, which have their own undo. */
function useUndoKeys(undo?: () => Promise<void>, redo?: () => Promise<void>) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && event.target.matches('input, textarea');
      const dialog = document.querySelector('[role="dialog"]') !== null;
      if (typing || dialog || event.key.toLowerCase() !== 'z') return;
      if (!(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      void (event.shiftKey ? redo : undo)?.();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [undo, redo]);
}
