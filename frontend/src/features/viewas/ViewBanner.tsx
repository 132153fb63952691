import { Button } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { client, read } from '../../api/client';
import type { Me } from '../../api/types';
import classes from './viewas.module.css';

/** Always shows whose view of Rung this is, and how to get back. */
export function ViewBanner({ me }: { me: Me }) {
  const leave = useMutation({
    mutationFn: () => read(client.DELETE('/me/view', {})),
    onSuccess: () => window.location.assign(`/people/${me.person.id}`),
  });
  if (!me.viewer) return null;
  return (
    <div className={classes.banner} role="status">
      <IconEye size={16} stroke={1.5} aria-hidden="true" />
      <span>
        You are viewing Rung as {me.person.name}, read-only. You see only what you both may see. It
        stands on their list of who read their record.
      </span>
      <Button size="xs" loading={leave.isPending} onClick={() => leave.mutate()}>
        Back to my own view
      </Button>
    </div>
  );
}
