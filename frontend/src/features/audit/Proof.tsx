import { Button, CopyButton, Textarea } from '@mantine/core';
import { useState } from 'react';
import { count, whole } from '../../components/format';
import { Panel, ui } from '../../components/ui';
import classes from './audit.module.css';
import { useVerify, type Verdict } from './queries';

/** Checks that nothing was changed, removed or reordered, and gives proof for later. */
export function Proof() {
  const [kept, setKept] = useState('');
  const verify = useVerify();
  return (
    <div className={classes.stack}>
      <Panel title="Check the trail">
        <div className={classes.form}>
          <p className={ui.second}>
            Every minute, new events are sealed in a Merkle tree. The check rebuilds the tree from
            the first event. With a checkpoint that you kept outside Rung, it also detects a trail
            that was rewritten as a whole.
          </p>
          <Textarea
            label="A checkpoint you kept, if you have one"
            autosize
            minRows={3}
            className={classes.mono}
            value={kept}
            onChange={(event) => setKept(event.currentTarget.value)}
          />
          <div className={classes.actions}>
            <Button
              variant="filled"
              loading={verify.isPending}
              onClick={() => verify.mutate(kept.trim())}
            >
              Check now
            </Button>
            <Button component="a" href="/api/v1/audit/export" download>
              Export with proof
            </Button>
          </div>
          <div aria-live="polite">
            {verify.error && <p className={ui.bad}>{verify.error.message}</p>}
            {verify.data && <Result verdict={verify.data} />}
          </div>
        </div>
      </Panel>
    </div>
  );
}

function Result({ verdict }: { verdict: Verdict }) {
  const { sealed, seals, problems, head, key } = verdict;
  return (
    <div className={classes.stack}>
      {problems.length === 0 ? (
        <p className={ui.ok}>
          All {whole(sealed)} events match what was sealed, under {count(seals, 'seal')}.
        </p>
      ) : (
        <>
          <p className={ui.bad}>
            The trail does not match what was sealed. Tell the people who run Rung.
          </p>
          <ul className={classes.problems}>
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </>
      )}
      <p className={ui.second}>
        Every seal is signed. This key verifies it: <code>{key}</code>
      </p>
      {head && (
        <>
          <p className={ui.second}>
            Keep this checkpoint outside Rung. It can later prove that nothing before it changed.
          </p>
          <pre className={classes.head}>{head}</pre>
          <CopyButton value={head}>
            {({ copied, copy }) => (
              <Button size="xs" className={classes.copy} onClick={copy}>
                {copied ? 'Copied' : 'Copy the checkpoint'}
              </Button>
            )}
          </CopyButton>
        </>
      )}
    </div>
  );
}
