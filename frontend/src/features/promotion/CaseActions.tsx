import { Button, Menu, Modal } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import { isProblem } from '../../api/problem';
import type { Case } from '../../api/types';
import { Kbd, ui } from '../../components/ui';
import { useKeys } from '../../components/useKeys';
import { type CaseAction, caseActions } from './actions';
import classes from './promotion.module.css';
import { useTransition } from './queries';

/** The next step is a button, and the other steps are in a menu. Each step says what it does before it does it. */
export function CaseActions({ promotion }: { promotion: Case }) {
  const [asked, setAsked] = useState<CaseAction | null>(null);
  const actions = caseActions(promotion);
  const solid = actions.filter((action) => action.solid);
  const others = actions.filter((action) => !action.solid && action.action !== 'withdraw');
  const rare = actions.filter((action) => action.action === 'withdraw');
  const first = solid[0];
  useKeys({ 'mod+Enter': () => first && setAsked(first) });
  return (
    <>
      {others.map((action) => (
        <Button key={action.action} onClick={() => setAsked(action)}>
          {action.label}
        </Button>
      ))}
      {solid.map((action) => (
        <Button
          key={action.action}
          variant="filled"
          rightSection={<Kbd>Ctrl ↵</Kbd>}
          onClick={() => setAsked(action)}
        >
          {action.label}
        </Button>
      ))}
      {rare.length > 0 && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="subtle" aria-label="More about this case" className={classes.more}>
              <IconDots size={16} stroke={1.5} aria-hidden="true" />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {rare.map((action) => (
              <Menu.Item key={action.action} onClick={() => setAsked(action)}>
                {action.label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {asked && <Confirm promotion={promotion} action={asked} onClose={() => setAsked(null)} />}
    </>
  );
}

type ConfirmProps = { promotion: Case; action: CaseAction; onClose: () => void };

function Confirm({ promotion, action, onClose }: ConfirmProps) {
  const transition = useTransition(promotion);
  const go = () => transition.mutate({ action: action.action }, { onSuccess: onClose });
  return (
    <Modal
      opened
      onClose={onClose}
      title={action.label}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <p className={ui.second}>{action.consequence}</p>
      {transition.error && <TransitionError error={transition.error} />}
      <div className={classes.confirmActions}>
        <Button onClick={onClose}>Not now</Button>
        <Button variant="filled" loading={transition.isPending} onClick={go}>
          {action.label}
        </Button>
      </div>
    </Modal>
  );
}

function TransitionError({ error }: { error: Error }) {
  const errors = isProblem(error) ? error.errors : [];
  return (
    <div role="alert" className={classes.problem}>
      <p className={ui.bad}>{error.message}</p>
      <ul>
        {errors.map((each) => (
          <li key={each.message}>
            {each.message}
            {each.fix && `. ${each.fix}`}
          </li>
        ))}
      </ul>
    </div>
  );
}
