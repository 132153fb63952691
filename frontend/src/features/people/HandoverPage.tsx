import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ReadBy } from '../../components/bar/ReadBy';
import { dateWords, dayWords } from '../../components/format';
import { PathButton, PathLink } from '../../components/links';
import { Page } from '../../components/page/Page';
import { QueryPage } from '../../components/page/states';
import { Chip, Panel, ui } from '../../components/ui';
import { DesignationList } from './Designations';
import classes from './handover.module.css';
import {
  type Handover,
  handoverQuery,
  type PastAssessment,
  type Round,
  roundsOf,
  useTakeOver,
} from './handoverQueries';

const route = getRouteApi('/people/$id/handover');

export default function HandoverPage() {
  const { id } = route.useParams();
  const handover = useQuery(handoverQuery(id));
  return (
    <QueryPage query={handover} title="Take over" what="The handover">
      {(data) => <HandoverScreen handover={data} />}
    </QueryPage>
  );
}

function HandoverScreen({ handover }: { handover: Handover }) {
  const { person, from, takenAt } = handover;
  return (
    <Page
      title={from ? `Take over ${person.name} from ${from.name}` : `Take over ${person.name}`}
      shortTitle="Take over"
      crumbs={[
        { label: 'People', path: '/people' },
        { label: person.name, path: `/people/${person.id}` },
      ]}
      chips={
        <>
          {takenAt ? (
            <Chip tone="ok">Taken over {dateWords(takenAt)}</Chip>
          ) : (
            <Chip tone="turn">Your turn</Chip>
          )}
          <ReadBy resource="handover" id={person.id} />
        </>
      }
      subtitle={`You have managed ${person.name} since ${dayWords(handover.on)}.`}
      action={<Take handover={handover} />}
    >
      <div className={classes.page}>
        <OpenCase handover={handover} />
        <Past handover={handover} />
        <Panel title="Designations">
          <div className={classes.body}>
            {handover.designations.length === 0 ? (
              <p className={ui.second}>None.</p>
            ) : (
              <DesignationList id={person.id} list={handover.designations} />
            )}
          </div>
        </Panel>
      </div>
    </Page>
  );
}

function Take({ handover: { person, takenAt } }: { handover: Handover }) {
  const take = useTakeOver(person.id);
  if (takenAt) return null;
  return (
    <>
      {take.error && (
        <span role="alert" className={ui.bad}>
          {take.error.message}
        </span>
      )}
      <Button variant="filled" loading={take.isPending} onClick={() => take.mutate()}>
        I have taken over
      </Button>
    </>
  );
}

function OpenCase({ handover: { case: open, person } }: { handover: Handover }) {
  return (
    <Panel title="Open promotion case">
      <div className={classes.body}>
        {open ? (
          <div className={classes.line}>
            <span className={ui.grow}>
              <PathLink path={open.href} className={ui.medium}>
                {open.fromLevel} to {open.toLevel}
              </PathLink>{' '}
              <span className={ui.second}>{open.state}</span>
            </span>
            <Chip tone={open.turn.you ? 'turn' : 'plain'}>
              {open.turn.you ? 'Your turn' : open.turn.words || "Nobody's turn"}
              {open.dueAt && `, by ${dateWords(open.dueAt)}`}
            </Chip>
            <PathButton path={open.href} size="xs">
              Open
            </PathButton>
          </div>
        ) : (
          <p className={ui.second}>{person.name} has no open case.</p>
        )}
      </div>
    </Panel>
  );
}

function Past({ handover: { assessments, person, from } }: { handover: Handover }) {
  return (
    <Panel title="The last two assessments">
      <div className={classes.body}>
        {assessments.length === 0 ? (
          <p className={ui.second}>Nothing yet that both sides have submitted.</p>
        ) : (
          <>
            <p className={ui.second}>
              These are rounds in which both sides are in.
              {from && ` What ${from.name} wrote stays under that name and does not change.`} If you
              open one, that appears in the list of who read {person.name}’s record.
            </p>
            <ul className={classes.list} aria-label="Assessments">
              {roundsOf(assessments).map((round) => (
                <RoundLine key={round.cycle} round={round} />
              ))}
            </ul>
          </>
        )}
      </div>
    </Panel>
  );
}

function RoundLine({ round: { cycle, self, manager } }: { round: Round }) {
  return (
    <li>
      <span className={classes.round}>
        <span className={ui.medium}>{cycle}</span>
        <By one={self} words="Self-assessment" />
        <By one={manager} words="Assessment" />
      </span>
      {self && manager && (
        <PathButton
          path={`/comparisons/${self.id}`}
          size="xs"
          aria-label={`Side by side, ${cycle}`}
        >
          Side by side
        </PathButton>
      )}
    </li>
  );
}

function By({ one, words }: { one: PastAssessment | undefined; words: string }) {
  if (!one) return null;
  return (
    <PathLink path={one.href} className={ui.link}>
      {words} by {one.author.name}
    </PathLink>
  );
}
