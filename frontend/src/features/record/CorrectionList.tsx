import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { dateWords } from '../../components/format';
import { Chip, Panel, type Tone, ui } from '../../components/ui';
import { aboutWords, type Correction, useAnswer } from './queries';
import classes from './record.module.css';

const states: Record<Correction['state'], { words: string; tone: Tone }> = {
  open: { words: 'Waiting for HR', tone: 'turn' },
  corrected: { words: 'Corrected', tone: 'ok' },
  kept: { words: 'The record stays', tone: 'plain' },
};

type Props = { items: Correction[]; answers?: boolean };

/** Requests for correction with their answers. HR answers open ones here. */
export function CorrectionList({ items, answers = false }: Props) {
  return items.map((one) => (
    <Panel
      key={one.id}
      title={
        answers
          ? `${one.person.name}: ${aboutWords[one.about as keyof typeof aboutWords]}`
          : aboutWords[one.about as keyof typeof aboutWords]
      }
      aside={<Chip tone={states[one.state].tone}>{states[one.state].words}</Chip>}
    >
      <div className={classes.body}>
        <p className={ui.muted}>{dateWords(one.createdAt)}</p>
        <p className={ui.words}>{one.text}</p>
        {one.answer && (
          <p className={ui.words}>
            <span className={ui.medium}>{one.answeredBy?.name ?? 'HR'}:</span> {one.answer}
          </p>
        )}
        {answers && one.state === 'open' && <AnswerForm one={one} />}
      </div>
    </Panel>
  ));
}

function AnswerForm({ one }: { one: Correction }) {
  const [answer, setAnswer] = useState('');
  const send = useAnswer();
  const ready = answer.trim() !== '';
  const close = (state: 'corrected' | 'kept') => ready && send.mutate({ one, state, answer });
  return (
    <>
      <Textarea
        label="What was corrected, or why the record stays"
        autosize
        minRows={2}
        maxLength={4000}
        value={answer}
        error={send.error?.message}
        onChange={(event) => setAnswer(event.currentTarget.value)}
      />
      <div className={ui.row}>
        <Button aria-disabled={!ready} loading={send.isPending} onClick={() => close('kept')}>
          The record stays
        </Button>
        <Button
          variant="filled"
          aria-disabled={!ready}
          loading={send.isPending}
          onClick={() => close('corrected')}
        >
          It was corrected
        </Button>
      </div>
    </>
  );
}
