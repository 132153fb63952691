import { Button, Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from '../editor.module.css';
import { Failure } from '../Failure';
import type { OutlineSaver } from '../useOutlineSaver';
import { useFocusBack } from './useFocusBack';

type Props = {
  title: string;
  saver: OutlineSaver;
  readOnly: boolean;
  /** The label of the button that saves. */
  submit: string;
  /** Saves, and calls `close` once that succeeds. */
  onSubmit: (close: () => void) => void;
  onClose: () => void;
  size?: 'lg' | 'xl';
  children: ReactNode;
};

/** A form beside the lists: errors on top, then the fields, then the buttons. */
export function FormDrawer(props: Props) {
  const { title, saver, readOnly, submit, onSubmit, onClose, size = 'lg', children } = props;
  useFocusBack();
  const close = () => {
    saver.reset();
    onClose();
  };
  return (
    <Drawer
      opened
      onClose={close}
      position="right"
      size={size}
      title={title}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit(close);
        }}
      >
        <Failure saver={saver} />
        <fieldset className={classes.plain} disabled={readOnly}>
          {children}
        </fieldset>
        {!readOnly && (
          <div className={classes.foot}>
            <Button onClick={close}>Cancel</Button>
            <Button type="submit" variant="filled" loading={saver.pending}>
              {submit}
            </Button>
          </div>
        )}
      </form>
    </Drawer>
  );
}
