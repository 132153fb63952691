import { useState } from 'react';
import { cx, ui } from '../../components/ui';
import classes from './ladder.module.css';

type Props = { uid: string; name?: string; tabIndex?: number };

/** Copies the address of one sentence or competency. */
export function CopyLink({ uid, name = uid, tabIndex = 0 }: Props) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    const address = `${window.location.href.split('#')[0]}#${uid}`;
    await navigator.clipboard.writeText(address).then(
      () => setCopied(true),
      () => window.location.replace(address), // the address bar has it then
    );
  };
  return (
    <button
      type="button"
      tabIndex={tabIndex}
      className={cx(ui.link, ui.tiny, classes.copyLink)}
      aria-label={`Copy link to ${name}`}
      onClick={() => void copy()}
    >
      {copied ? 'Copied' : 'Link'}
    </button>
  );
}
