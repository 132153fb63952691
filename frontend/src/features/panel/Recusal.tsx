import { Button, Modal, Textarea } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { ReadBy } from '../../components/bar/ReadBy';
import { ui } from '../../components/ui';
import classes from './panel.module.css';
import { useRecuse } from './queries';

/** A panelist who is too close to the candidate steps aside and says why. */
export function Recusal({ caseId }: { caseId: string }) {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button size="xs" variant="subtle" onClick={() => setOpened(true)}>
        I have a conflict
      </Button>
      {opened && <RecusalDialog caseId={caseId} onClose={() => setOpened(false)} />}
    </>
  );
}

function RecusalDialog({ caseId, onClose }: { caseId: string; onClose: () => void }) {
  const [reason, setReason] = useState('');
  const recuse = useRecuse(caseId);
  const router = useRouter();
  const send = () => recuse.mutate(reason, { onSuccess: () => router.history.push('/panel') });
  return (
    <Modal
      opened
      onClose={onClose}
      title="Step aside from this case"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <p className={ui.second}>Your seat goes to somebody else and your draft ballot is deleted.</p>
      <Textarea
        mt={16}
        autosize
        minRows={2}
        label="Why"
        value={reason}
        error={recuse.error?.message}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <ReadBy resource="seat" id={caseId} />
      <div className={classes.dialogFoot}>
        <Button onClick={onClose}>Stay on the panel</Button>
        <Button
          variant="filled"
          loading={recuse.isPending}
          aria-disabled={reason.trim() === ''}
          onClick={() => reason.trim() && send()}
        >
          Step aside
        </Button>
      </div>
    </Modal>
  );
}
