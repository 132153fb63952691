import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMe } from '../../api/me';
import type { Person } from '../../api/types';
import { dayWords, money } from '../../components/format';
import { LevelGlyph } from '../../components/LevelGlyph';
import { PathButton, PathLink } from '../../components/links';
import { Page } from '../../components/page/Page';
import { QueryPage } from '../../components/page/states';
import table from '../../components/table/table.module.css';
import { Chip, cx, Panel, ui } from '../../components/ui';
import { Holds } from '../record/Holds';
import { PersonSessions } from '../sessions/PersonSessions';
import { PersonTechnologies } from '../technology/PersonTechnologies';
import { ViewAs } from '../viewas/ViewAs';
import { ChangeFacts } from './ChangeFacts';
import { Designations } from './Designations';
import { NotTaken } from './NotTaken';
import classes from './people.module.css';
import { personQuery } from './queries';
import { RoleCheck } from './RoleCheck';

const route = getRouteApi('/people/$id');

export default function PersonPage() {
  const { id } = route.useParams();
  const person = useQuery(personQuery(id));
  return (
    <QueryPage query={person} title="Person" what="The person">
      {(data) => <PersonScreen person={data} />}
    </QueryPage>
  );
}

function PersonScreen({ person }: { person: Person }) {
  return (
    <Page
      title={person.name}
      crumbs={[{ label: 'People', path: '/people' }]}
      chips={person.status !== 'active' && <Chip>{person.status}</Chip>}
      subtitle={`${person.title}, ${person.location}`}
      action={
        <>
          <ViewAs id={person.id} name={person.name} />
          <PathButton path={`/org?person=${person.id}`}>Show in the org chart</PathButton>
          <CaseLink person={person} />
          <ChangeFacts person={person} />
        </>
      }
    >
      <div className={classes.person}>
        <Facts person={person} />
        <NotTaken person={person} />
        <RoleCheck person={person} />
        <PersonTechnologies person={person} />
        <Designations id={person.id} name={person.name} mayChange={person.mayChange} />
        <History person={person} />
        <Holds id={person.id} />
        <PersonSessions id={person.id} />
      </div>
    </Page>
  );
}

/** For the person, their manager and HR partners. Others find nothing there. */
function CaseLink({ person: { id, manager, mayChange, status } }: { person: Person }) {
  const me = useMe().person.id;
  if (status !== 'active' || !(me === id || me === manager?.id || mayChange)) return null;
  const mayOpen = me === id || me === manager?.id;
  return (
    <PathButton path={`/people/${id}/case`}>
      {mayOpen ? 'Start a case' : 'What a case waits for'}
    </PathButton>
  );
}

function Facts({ person }: { person: Person }) {
  const { level, title, email, location, timeZone, workingHours, fte, unit, manager, pay } = person;
  return (
    <Panel title="Now">
      <dl className={classes.facts}>
        <Fact name="Level">
          <span className={ui.row}>
            <LevelGlyph level={level} />
            {level} {title}
          </span>
        </Fact>
        {manager && (
          <Fact name="Manager">
            <PathLink path={`/people/${manager.id}`} className={ui.link}>
              {manager.name}
            </PathLink>
          </Fact>
        )}
        {unit && <Fact name="Unit">{unit.name}</Fact>}
        <Fact name="Mail">{email}</Fact>
        <Fact name="Location">
          {location}, {timeZone}
        </Fact>
        <Fact name="Hours">
          {workingHours ? `${workingHours}, ` : ''}
          {fte} FTE
        </Fact>
        {pay && <Fact name="Pay, 1.0 FTE">{money(pay)}</Fact>}
      </dl>
    </Panel>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const reasons: Record<Person['employment'][number]['reason'], string> = {
  hired: 'Hired',
  imported: 'Imported',
  provisioned: 'From the identity provider',
  promoted: 'Promoted',
  moved: 'Changed by HR',
  corrected: 'Corrected by HR',
};

function History({ person }: { person: Person }) {
  if (person.employment.length === 0) return null;
  return (
    <Panel title="History">
      <table className={cx(table.table, table.reading, table.list)} aria-label="History">
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col">Until</th>
            <th scope="col">Level</th>
            <th scope="col">Title</th>
            <th scope="col">Unit</th>
            <th scope="col">Manager</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {person.employment.map((period) => (
            <tr key={period.validFrom}>
              <th scope="row">
                {dayWords(period.validFrom)} {period.future && <Chip tone="accent">Upcoming</Chip>}
              </th>
              <td>{period.validTo ? dayWords(period.validTo) : 'now'}</td>
              <td>{period.level}</td>
              <td>{period.title}</td>
              <td>{period.unit}</td>
              <td>{period.manager?.name}</td>
              <td>{reasons[period.reason]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
