import { Button } from '@mantine/core';
import { ui } from '../../components/ui';
import { signInPath } from './session';
import classes from './shell.module.css';

/** The first page of a reader without a session. */
export function SignInPage() {
  return (
    <main className={classes.signIn}>
      <h1>Sign in to Rung</h1>
      <p className={ui.second}>
        You sign in with your company account and then return to this page.
      </p>
      <Button component="a" variant="filled" href={signInPath()}>
        Sign in
      </Button>
    </main>
  );
}
