import { Button, Textarea } from '@mantine/core';
import { IconCheck, IconMessagePlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useMe } from '../../api/me';
import type { Case, CaseRequest } from '../../api/types';
import { dueWords } from '../../components/format';
import { cx, Face, ui } from '../../components/ui';
import classes from './promotion.module.css';
import { useAskFor, useRequestDone } from './queries';
import { openRequests } from './sections';

type Props = { promotion: Case; sectionKey: string; title: string };

/** What the manager asks for, shown in the text that it is about. */
export function Requests({ promotion, sectionKey, title }: Props) {
  const open = openRequests(promotion.requests, [sectionKey]);
  const asks = useMe().person.id === promotion.manager.id && promotion.state === 'manager_review';
  return (
    <>
      {open.map((request) => (
        <Request key={request.id} promotion={promotion} request={request} />
      ))}
      {asks && <AskFor id={promotion.id} sectionKey={sectionKey} title={title} />}
    </>
  );
}

function Request({ promotion, request }: { promotion: Case; request: CaseRequest }) {
  const done = useRequestDone(promotion.id);
  const all = promotion.requests.filter((other) => other.doneAt === null);
  const mine = promotion.canEdit.includes(request.sectionKey);
  return (
    <div className={classes.request}>
      <div className={ui.row}>
        <Face name={request.author.name} />
        <span className={ui.medium}>{request.author.name}</span>
        <time className={cx(ui.tiny, ui.muted)} dateTime={request.at}>
          {dueWords(request.at)}
        </time>
        <span className={cx(ui.grow, ui.right, ui.tiny, ui.turn)}>
          Request {all.indexOf(request) + 1} of {all.length}
        </span>
      </div>
      <p>{request.text}</p>
      {mine && (
        <Button
          size="xs"
          leftSection={<IconCheck size={16} stroke={1.5} aria-hidden="true" />}
          loading={done.isPending}
          onClick={() => done.mutate(request.id)}
        >
          Done
        </Button>
      )}
    </div>
  );
}

function AskFor({ id, sectionKey, title }: { id: string; sectionKey: string; title: string }) {
  const [text, setText] = useState<string | null>(null);
  const ask = useAskFor(id);
  if (text === null) {
    return (
      <Button
        size="xs"
        variant="subtle"
        aria-label={`Ask for a change in ${title}`}
        leftSection={<IconMessagePlus size={16} stroke={1.5} aria-hidden="true" />}
        onClick={() => setText('')}
      >
        Ask for a change
      </Button>
    );
  }
  const send = () => ask.mutate({ sectionKey, text }, { onSuccess: () => setText(null) });
  return (
    <div className={classes.ask}>
      <Textarea
        autosize
        minRows={2}
        label={`What should change in ${title}`}
        value={text}
        error={ask.error?.message}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={ui.row}>
        <Button
          size="xs"
          loading={ask.isPending}
          aria-disabled={text.trim() === ''}
          onClick={() => text.trim() && send()}
        >
          Ask
        </Button>
        <Button size="xs" variant="subtle" onClick={() => setText(null)}>
          Cancel
        </Button>
      </div>
    </div>
  );
}
