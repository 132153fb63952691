import {
  IconAlertTriangle,
  IconCloudCheck,
  IconCloudOff,
  IconCloudPause,
  IconCopy,
  IconPencil,
} from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { clockWords } from '../format';
import { useStore } from '../store';
import { ui } from '../ui';
import type { SaveStatus } from './Autosaver';
import classes from './autosave.module.css';
import { saveBoard } from './useAutosave';

const weight = { idle: 0, saved: 1, saving: 2, busy: 3, offline: 4, failed: 5, conflict: 6 };

function heavier(one: SaveStatus, other: SaveStatus): SaveStatus {
  if (one.kind === 'saved' && other.kind === 'saved') return one.at > other.at ? one : other;
  return weight[other.kind] > weight[one.kind] ? other : one;
}

/** The most important status of several editors. */
export function worst(statuses: Iterable<SaveStatus>): SaveStatus {
  return [...statuses].reduce(heavier, { kind: 'idle' });
}

const once = 60_000;

/** Words for screen readers: at most one announcement a minute. */
function useAnnounced(words: string): string {
  const [said, setSaid] = useState({ words: '', at: 0 });
  useEffect(() => {
    const now = Date.now();
    if (words !== '' && words !== said.words && now - said.at >= once) setSaid({ words, at: now });
  }, [words, said]);
  return said.words;
}

export function statusWords(status: SaveStatus): string {
  switch (status.kind) {
    case 'idle':
      return '';
    case 'saving':
      return 'Saving';
    case 'saved':
      return `Saved ${clockWords(status.at)}`;
    case 'offline':
      return `Offline, kept on this device since ${clockWords(status.since)}`;
    case 'busy':
      return `Rung is busy. Kept on this device since ${clockWords(status.since)}, saved as soon as possible`;
    case 'failed':
      return `Not saved: ${status.reason}.`;
    case 'conflict':
      return 'Changed on another device.';
  }
}

const icons: Record<SaveStatus['kind'], ReactNode> = {
  idle: null,
  saving: <IconPencil size={16} stroke={1.5} aria-hidden="true" />,
  saved: <IconCloudCheck size={16} stroke={1.5} aria-hidden="true" />,
  offline: <IconCloudOff size={16} stroke={1.5} aria-hidden="true" />,
  busy: <IconCloudPause size={16} stroke={1.5} aria-hidden="true" />,
  failed: <IconAlertTriangle size={16} stroke={1.5} aria-hidden="true" />,
  conflict: <IconCopy size={16} stroke={1.5} aria-hidden="true" />,
};

function showMerge() {
  const merge = document.querySelector<HTMLElement>('[data-merge]');
  merge?.scrollIntoView({ block: 'center' });
  merge?.focus();
}

/** What the top bar says about saving; `sealed` replaces "Saved" once a ballot is sealed. */
export function AutosaveStatus({ suffix = '' }: { suffix?: string }) {
  const status = worst(useStore(saveBoard).values());
  const words = statusWords(status) + (status.kind === 'saved' ? suffix : '');
  const announced = useAnnounced(words);
  return (
    <>
      <span className={classes.status} data-kind={status.kind} data-testid="autosave">
        {icons[status.kind]}
        {words}
        {status.kind === 'failed' && <CopyText text={status.text} />}
        {status.kind === 'conflict' && (
          <button type="button" className={ui.link} onClick={showMerge}>
            Compare
          </button>
        )}
      </span>
      <span role="status" className={classes.announced}>
        {announced}
      </span>
    </>
  );
}

function CopyText({ text }: { text: string }) {
  return (
    <button
      type="button"
      className={ui.link}
      onClick={() => void navigator.clipboard.writeText(text)}
    >
      Copy my text
    </button>
  );
}
