import { Button, Progress, Select, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ReadBy } from '../../components/bar/ReadBy';
import { dueWords } from '../../components/format';
import { Page } from '../../components/page/Page';
import { QueryPart } from '../../components/page/states';
import { Panel, ui } from '../../components/ui';
import { CorrectionList } from './CorrectionList';
import {
  aboutWords,
  exportsQuery,
  isUnderWay,
  type Job,
  myCorrectionsQuery,
  useAskCorrection,
  useExport,
  type Wrong,
} from './queries';
import classes from './record.module.css';

export default function MyRecordPage() {
  const corrections = useQuery(myCorrectionsQuery);
  return (
    <Page
      title="My record"
      subtitle="Get a copy of everything kept about you, and report what is wrong."
    >
      <div className={classes.days}>
        <Copy />
        <AskCorrection />
        <QueryPart query={corrections} what="Your requests">
          {({ items }) => <CorrectionList items={items} />}
        </QueryPart>
      </div>
    </Page>
  );
}

function Copy() {
  const copies = useQuery(exportsQuery);
  const start = useExport();
  const newest = copies.data?.items[0];
  return (
    <Panel title="Copy of my record">
      <div className={classes.body}>
        <p className={ui.second}>
          A zip file with everything Rung keeps about you that you may read, as HTML for people and
          as JSON for programs. Other people appear in it as numbers. It is kept for a day.
        </p>
        {newest && <CopyState job={newest} />}
        <div>
          <Button
            variant={newest?.result ? 'default' : 'filled'}
            loading={start.isPending || isUnderWay(newest)}
            onClick={() => start.mutate()}
          >
            Make a copy
          </Button>
        </div>
        {start.error && (
          <p role="alert" className={ui.bad}>
            {start.error.message}
          </p>
        )}
      </div>
    </Panel>
  );
}

function CopyState({ job }: { job: Job }) {
  if (isUnderWay(job))
    return (
      <div role="status">
        <p className={ui.medium}>{job.phase || 'Waiting to start'}</p>
        <Progress
          value={job.total > 0 ? (job.done / job.total) * 100 : 0}
          aria-label="Copy of my record"
        />
      </div>
    );
  if (job.state === 'succeeded')
    return (
      <p role="status">
        Made {dueWords(job.createdAt)}.{' '}
        <a className={ui.link} href={`/api/v1/jobs/${job.id}/result`} download>
          Download it
        </a>
      </p>
    );
  return (
    <p role="alert" className={ui.bad}>
      {job.problem?.detail ?? 'The copy was not made. Try again.'}
    </p>
  );
}

function AskCorrection() {
  const [about, setAbout] = useState<Wrong['about'] | null>(null);
  const [text, setText] = useState('');
  const ask = useAskCorrection();
  const ready = about !== null && text.trim() !== '';
  const send = () => {
    if (about !== null) ask.mutate({ about, text }, { onSuccess: () => setText('') });
  };
  return (
    <Panel title="Something is wrong" aside={<ReadBy resource="correction" />}>
      <div className={classes.body}>
        <p className={ui.second}>
          Nothing is overwritten. Your note stays beside the record, with HR’s answer.
        </p>
        <Select
          label="What it is about"
          data={Object.entries(aboutWords).map(([value, label]) => ({ value, label }))}
          value={about}
          onChange={(value) => setAbout(value as Wrong['about'] | null)}
        />
        <Textarea
          label="What is wrong, and what is right"
          autosize
          minRows={3}
          maxLength={4000}
          value={text}
          error={ask.error?.message}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <div>
          <Button
            variant="filled"
            loading={ask.isPending}
            aria-disabled={!ready}
            onClick={() => ready && send()}
          >
            Send to HR
          </Button>
        </div>
      </div>
    </Panel>
  );
}
