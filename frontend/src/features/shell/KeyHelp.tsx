import { Modal } from '@mantine/core';
import { useStore } from '../../components/store';
import { ui } from '../../components/ui';
import { keyHints } from '../../components/useKeys';
import classes from './shell.module.css';

/** The keyboard shortcuts of the current screen. */
export default function KeyHelp({ onClose }: { onClose: () => void }) {
  const hints = useStore(keyHints);
  return (
    <Modal
      opened
      onClose={onClose}
      title="Keyboard shortcuts"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <dl className={classes.keys}>
        {hints.map((hint) => (
          <div key={hint.keys}>
            <dt>
              <kbd className={ui.kbd}>{hint.keys}</kbd>
            </dt>
            <dd>{hint.does}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
