import { Button, Modal, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { fieldError } from '../../api/problem';
import { ui } from '../../components/ui';
import { CopyText } from './CopyText';
import { useCreateToken } from './queries';
import classes from './tokens.module.css';

const scopes = {
  write: ['scim:read', 'scim:write'],
  read: ['scim:read'],
} as const;

/** The last day of a token that lasts for some days, including today. */
export function lastDay(days: number, now = new Date()): string {
  return new Date(now.getTime() + (days - 1) * 86_400_000).toISOString().slice(0, 10);
}

const usualDays = 180;
const mostDays = 366;

/** Creates a token and shows its secret once. */
export function NewToken({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('');
  const [may, setMay] = useState<keyof typeof scopes>('write');
  const [expiresOn, setExpiresOn] = useState(lastDay(usualDays));
  const create = useCreateToken();
  const error = (field: string) => fieldError(create.error, field);
  if (create.data) return <Secret secret={create.data.secret} onClose={onClose} />;
  return (
    <Modal opened onClose={onClose} title="New token" closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className={classes.form}>
        <TextInput
          label="Name"
          description="The provider that uses the token, such as Okta. The audit trail shows the name."
          maxLength={200}
          value={name}
          error={error('name')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Select
          label="Access"
          allowDeselect={false}
          data={[
            { value: 'write', label: 'Read and change people and groups' },
            { value: 'read', label: 'Read only' },
          ]}
          value={may}
          error={error('scopes')}
          onChange={(value) => setMay(value === 'read' ? 'read' : 'write')}
        />
        <TextInput
          type="date"
          label="Last day"
          description="At most 366 days from today."
          min={lastDay(1)}
          max={lastDay(mostDays)}
          value={expiresOn}
          error={error('expiresOn')}
          onChange={(event) => setExpiresOn(event.currentTarget.value)}
        />
        {create.error && (
          <p role="alert" className={ui.bad}>
            {create.error.message}
          </p>
        )}
        <div className={classes.foot}>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="filled"
            loading={create.isPending}
            aria-disabled={!name.trim()}
            onClick={() =>
              name.trim() && create.mutate({ name, scopes: [...scopes[may]], expiresOn })
            }
          >
            Create the token
          </Button>
        </div>
      </div>
    </Modal>
  );
}

function Secret({ secret, onClose }: { secret: string; onClose: () => void }) {
  return (
    <Modal
      opened
      onClose={onClose}
      title="Copy the token now"
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className={classes.form}>
        <p className={ui.second}>
          The token is shown only this once. Rung keeps only its hash. If you lose it, revoke it and
          create another.
        </p>
        <CopyText text={secret} what="token" />
        <div className={classes.foot}>
          <Button variant="filled" onClick={onClose}>
            I have copied it
          </Button>
        </div>
      </div>
    </Modal>
  );
}
