import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import classes from './tokens.module.css';

/** A text for another program, with a button that copies it. */
export function CopyText({ text, what }: { text: string; what: string }) {
  const clipboard = useClipboard();
  return (
    <div className={classes.copied}>
      <code>{text}</code>
      <Button size="xs" aria-label={`Copy the ${what}`} onClick={() => clipboard.copy(text)}>
        {clipboard.copied ? 'Copied' : 'Copy'}
      </Button>
      {clipboard.error && <span role="alert">Select the text and copy it yourself.</span>}
    </div>
  );
}
