import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useMe } from '../../api/me';
import { ui } from '../../components/ui';
import { signInPath } from '../shell/session';
import classes from './pay.module.css';

/** Exact pay requires a recent sign-in. This leads to the sign-in and back to this page. */
export function StepUp({ children }: { children: ReactNode }) {
  const { person } = useMe();
  const path = `${signInPath()}&fresh=1&login_hint=${encodeURIComponent(person.email)}`;
  return (
    <div className={classes.stepUp} role="note">
      <div className={ui.grow}>{children}</div>
      <Button component="a" href={path} variant="filled">
        Sign in again
      </Button>
    </div>
  );
}
