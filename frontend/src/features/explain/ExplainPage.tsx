import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMe } from '../../api/me';
import type { components } from '../../api/schema';
import { readersQuery } from '../../components/bar/readers';
import { PersonSelect } from '../../components/input/PersonSelect';
import { Page } from '../../components/page/Page';
import { Empty, QueryPart } from '../../components/page/states';
import table from '../../components/table/table.module.css';
import { cx, Panel, ui } from '../../components/ui';
import { roleWords } from '../roles/queries';
import classes from './explain.module.css';
import { type About, answerQuery, type Kind, kinds } from './queries';

const route = getRouteApi('/explain');
const ofPerson: Kind[] = [
  'person',
  'pay',
  'record',
  'correction',
  'technology',
  'role_check',
  'handover',
];
/** They are the same for everybody, so a question about them needs no id. */
const shared: Kind[] = ['ladder'];

/** A person, a thing, and an answer in words from the same rules that the access check uses. */
export default function ExplainPage() {
  const search = route.useSearch();
  const me = useMe();
  const resource = search.resource ?? 'pay';
  const own = ofPerson.includes(resource) ? me.person.id : undefined;
  const id = shared.includes(resource) ? undefined : (search.id ?? own);
  return (
    <Page
      title="Access explained"
      subtitle="See who can read something, and why a person may or may not. The answer comes from the rules that are enforced at this moment. If you ask about someone else, they can see that you asked."
    >
      <div className={classes.stack}>
        <Question resource={resource} id={id} />
        {id || shared.includes(resource) ? (
          <Answers resource={resource} id={id} person={search.person} />
        ) : (
          <Empty title="Choose what to ask about">
            Open an assessment, a case or a piece of evidence and follow “See names and reasons” in
            its list of readers.
          </Empty>
        )}
      </div>
    </Page>
  );
}

function Question({ resource, id }: { resource: Kind; id: string | undefined }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { can } = useMe();
  const others = can.includes('explain.others');
  const change = (part: Partial<typeof search>) =>
    void navigate({ search: (now) => ({ ...now, ...part }), replace: true });
  const named = [...ofPerson, ...shared];
  const known = named.includes(resource) ? named : (Object.keys(kinds) as Kind[]);
  return (
    <div className={classes.question}>
      {others && (
        <PersonSelect
          label="May this person read"
          placeholder="You"
          clearable
          value={search.person ?? null}
          onChange={(person) => change({ person: person ?? undefined })}
        />
      )}
      <Select
        label={others ? 'the' : 'May I read the'}
        data={known.map((value) => ({ value, label: kinds[value] }))}
        value={resource}
        onChange={(kind) => change({ resource: (kind ?? undefined) as Kind | undefined })}
      />
      {ofPerson.includes(resource) && (
        <PersonSelect
          label="of"
          placeholder="Me"
          clearable
          value={search.id ?? id ?? null}
          onChange={(of) => change({ id: of ?? undefined })}
        />
      )}
    </div>
  );
}

type AnswersProps = { resource: Kind; id: string | undefined; person: string | undefined };

function Answers({ resource, id, person }: AnswersProps) {
  const readers = useQuery(readersQuery({ resource, id }));
  return (
    <>
      {id && <OneAnswer about={{ resource, id }} person={person} />}
      <QueryPart query={readers} what="The readers">
        {(panel) => (
          <Panel title="Who can read it">
            <dl className={classes.readers}>
              <Group title="Now" lines={panel.now} />
              {panel.next.length > 0 && (
                <Group title={`Next, ${panel.nextWhen ?? 'later'}`} lines={panel.next} />
              )}
            </dl>
          </Panel>
        )}
      </QueryPart>
    </>
  );
}

function OneAnswer({ about, person }: { about: About; person: string | undefined }) {
  const answer = useQuery(answerQuery(about, person));
  return (
    <QueryPart query={answer} what="The answer">
      {(data) => <Answer answer={data} />}
    </QueryPart>
  );
}

type Line = { who: string; why: string };

function Group({ title, lines }: { title: string; lines: Line[] }): ReactNode {
  return (
    <>
      <dt>{title}</dt>
      <dd>
        {lines.length === 0 && 'Nobody'}
        {lines.map((line) => (
          <p key={line.who + line.why}>
            <span className={ui.medium}>{line.who}</span>{' '}
            <span className={ui.second}>{line.why}</span>
          </p>
        ))}
      </dd>
    </>
  );
}

function became({ stands, active }: { stands: boolean; active: boolean }): string {
  if (stands) return active ? 'Yes, this gives access' : 'It applies, but not in the current state';
  return 'It does not apply';
}

function Answer({ answer }: { answer: components['schemas']['ExplainAnswer'] }) {
  return (
    <Panel title={answer.words}>
      {answer.because.length > 0 && (
        <table className={cx(table.table, table.reading, table.list)} aria-label="Why">
          <thead>
            <tr>
              <th scope="col">The right</th>
              <th scope="col">Through the role</th>
              <th scope="col">{answer.person.name}</th>
            </tr>
          </thead>
          <tbody>
            {answer.because.map((line) => (
              <tr key={line.role + line.relation}>
                <th scope="row">{line.words || line.relation}</th>
                <td>{roleWords[line.role] ?? line.role}</td>
                <td className={line.stands && line.active ? ui.ok : ui.second}>{became(line)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
