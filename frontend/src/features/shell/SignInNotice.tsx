import { IconInfoCircle } from '@tabler/icons-react';
import type { Me } from '../../api/types';
import classes from './shell.module.css';

/** What the reader should know about this sign-in, such as that roles ended because no groups came. */
export function SignInNotice({ me }: { me: Me }) {
  if (!me.notice) return null;
  return (
    <div className={classes.notice} role="status">
      <IconInfoCircle size={16} stroke={1.5} aria-hidden="true" />
      <span>{me.notice}</span>
    </div>
  );
}
