import { Button, Modal } from '@mantine/core';
import { ui } from '../../components/ui';
import { signInPath } from './session';
import classes from './shell.module.css';
import { signedOut } from './signedOut';

/** Covers the page when the session has ended. The text below it stays in place. */
export default function SignedOutDialog() {
  return (
    <Modal
      opened
      onClose={() => signedOut.set(false)}
      title="Sign in again to continue"
      size="sm"
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <p className={ui.second}>
        Your session has ended. Text that was not saved is kept in this browser. It is offered to
        you when you return to this page.
      </p>
      <div className={classes.dialogActions}>
        <Button component="a" variant="filled" href={signInPath()}>
          Sign in
        </Button>
      </div>
    </Modal>
  );
}
