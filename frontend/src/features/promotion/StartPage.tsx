import { Button, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { useMe } from '../../api/me';
import { Audience } from '../../components/bar/Audience';
import { dayWords } from '../../components/format';
import { LevelGlyph } from '../../components/LevelGlyph';
import { PathButton } from '../../components/links';
import { Page } from '../../components/page/Page';
import { Refusal } from '../../components/page/Refusal';
import { Empty, QueryPage } from '../../components/page/states';
import { Chip, cx, Panel, ui } from '../../components/ui';
import { useOpenCase } from './queries';
import { groupsOf, missing, waitsUntil } from './start';
import classes from './start.module.css';
import { type CaseStart, caseStartQuery, type Target } from './startQueries';
import { Waits } from './Waits';

const route = getRouteApi('/people/$id/case');

export default function StartPage() {
  const { id } = route.useParams();
  const start = useQuery(caseStartQuery(id));
  return (
    <QueryPage query={start} title="A case" what="What a case waits for">
      {(data) => <StartScreen start={data} />}
    </QueryPage>
  );
}

function StartScreen({ start }: { start: CaseStart }) {
  const { person, from, since, ladder, blocked, audience } = start;
  const own = useMe().person.id === person.id;
  const held = from.code && `${from.code} ${from.title === from.code ? '' : from.title}`.trim();
  return (
    <Page
      title={own ? 'Start a case' : `A case for ${person.name}`}
      crumbs={[
        own
          ? { label: 'Promotion', path: '/cases' }
          : { label: person.name, path: `/people/${person.id}` },
      ]}
      subtitle={[
        held && `${own ? 'You hold' : 'Holds'} ${held}`,
        held && since && `since ${dayWords(since)}`,
        ladder && `Ladder ${ladder.name} ${ladder.version}`,
      ]
        .filter(Boolean)
        .join(', ')}
      action={<Audience audience={audience} />}
    >
      <div className={classes.page}>
        {blocked ? <Blocked start={start} /> : <Waits start={start} />}
        {!blocked && <Levels start={start} />}
      </div>
    </Page>
  );
}

function Blocked({ start: { blocked, openCase } }: { start: CaseStart }) {
  return (
    <Empty
      title="No case can start now"
      action={
        openCase && (
          <PathButton variant="filled" path={`/cases/${openCase}`}>
            Open the case
          </PathButton>
        )
      }
    >
      {blocked}
    </Empty>
  );
}

function Levels({ start }: { start: CaseStart }) {
  const { to } = route.useSearch();
  const { targets, mayOpen } = start;
  const [chosen, setChosen] = useState(
    () => (targets.find(({ level }) => level.code === to) ?? targets.find(isNext))?.level.code,
  );
  const target = targets.find(({ level }) => level.code === chosen);
  return (
    <Panel title="Where the case leads">
      <div className={classes.body}>
        {groupsOf(targets).map(({ title, note, targets: members }) => (
          <fieldset key={title} className={classes.group}>
            <legend>
              <span className={ui.bold}>{title}</span>{' '}
              {note && <span className={cx(ui.small, ui.muted)}>{note}</span>}
            </legend>
            {members.map((one) => (
              <Choice
                key={one.level.code}
                start={start}
                target={one}
                chosen={one.level.code === chosen}
                onChoose={mayOpen ? () => setChosen(one.level.code) : undefined}
              />
            ))}
          </fieldset>
        ))}
        {mayOpen && <Open start={start} target={target} />}
      </div>
    </Panel>
  );
}

const isNext = ({ direction }: Target) => direction === 'up';

type ChoiceProps = {
  start: CaseStart;
  target: Target;
  chosen: boolean;
  onChoose: (() => void) | undefined;
};

function Choice({ start, target, chosen, onChoose }: ChoiceProps) {
  const { level, track, skipped } = target;
  const until = waitsUntil(start.rules, target);
  const words = (
    <>
      <LevelGlyph level={level.code} />
      <span className={ui.grow}>
        <span className={ui.medium}>
          {level.code} {level.title}
        </span>{' '}
        <span className={cx(ui.small, ui.muted)}>
          {track}
          {skipped.length > 0 && `, skips ${skipped.join(', ')}`}
        </span>
      </span>
      {until && <Chip tone="turn">From {dayWords(until)}</Chip>}
    </>
  );
  if (!onChoose) return <div className={classes.choice}>{words}</div>;
  return (
    <label className={classes.choice} data-chosen={chosen || undefined}>
      <input type="radio" name="target" checked={chosen} onChange={onChoose} />
      {words}
    </label>
  );
}

const hints = {
  target: 'Choose a level.',
  wait: 'The rules above still make this level wait.',
  reason: 'Say why first.',
};

function Open({ start, target }: { start: CaseStart; target: Target | undefined }) {
  const { from } = route.useSearch();
  const router = useRouter();
  const open = useOpenCase();
  const [reason, setReason] = useState('');
  const lacks = missing(start.rules, target, reason);
  const relevel = target?.kind === 're_level';
  const send = () =>
    target &&
    open.mutate(
      {
        personId: start.person.id,
        toLevel: target.level.code,
        ...(from && { fromComparison: from }),
        ...(relevel && { kind: 're_level' as const }),
        ...(target.needsReason && { reason }),
      },
      { onSuccess: (created) => router.history.push(`/cases/${created.id}`) },
    );
  return (
    <>
      {target?.needsReason && (
        <Textarea
          label="Why"
          description="It stands beside the packet for good."
          autosize
          minRows={2}
          maxLength={2000}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      {open.error && <Refusal error={open.error} />}
      <div className={classes.foot}>
        <span className={cx(ui.small, ui.muted, ui.grow)}>{lacks && hints[lacks]}</span>
        <Button
          variant="filled"
          loading={open.isPending}
          aria-disabled={lacks !== undefined}
          onClick={() => lacks === undefined && send()}
        >
          {relevel ? 'Start a re-level' : 'Start a promotion case'}
        </Button>
      </div>
    </>
  );
}
