import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Case, PersonRef, Seat } from '../../api/types';
import { QueryPart } from '../../components/page/states';
import { Chip, cx, Face, Panel, ui } from '../../components/ui';
import classes from './panel.module.css';
import { candidatesQuery, useSeatPanel } from './queries';

export const seatsNeeded = 5;

type Props = { promotion: Case; seats: Seat[] };
type Plan = { people: PersonRef[]; chairId: string | null };

function planOf(seats: Seat[]): Plan {
  const seated = seats.filter((seat) => seat.state === 'seated');
  return {
    people: seated.map((seat) => seat.person),
    chairId: seated.find((seat) => seat.chair)?.person.id ?? null,
  };
}

/** What the panel still lacks, in words. */
export function planLeft({ people, chairId }: Plan): string {
  const more = seatsNeeded - people.length;
  if (more > 0)
    return `${more} more ${more === 1 ? 'person' : 'people'}${chairId ? '' : ' and a chair'}`;
  return chairId ? '' : 'a chair';
}

export function Seats({ promotion, seats }: Props) {
  const [plan, setPlan] = useState(() => planOf(seats));
  const seat = useSeatPanel(promotion.id);
  const editable = promotion.state === 'submitted' || promotion.actions.includes('open_vote');
  const left = planLeft(plan);
  const save = () => {
    const { people, chairId } = plan;
    if (chairId && !left) seat.mutate({ personIds: people.map((person) => person.id), chairId });
  };
  return (
    <Panel
      title="Seats"
      aside={
        <span className={cx(ui.small, ui.second)}>
          {plan.people.length} of {seatsNeeded}
        </span>
      }
    >
      <ul>
        {plan.people.map((person) => (
          <SeatRow
            key={person.id}
            person={person}
            plan={plan}
            editable={editable}
            onPlan={setPlan}
          />
        ))}
        {seats
          .filter((recused) => recused.state === 'recused')
          .map((recused) => (
            <li key={recused.id} className={classes.seat}>
              <Face name={recused.person.name} />
              <span className={ui.grow}>{recused.person.name}</span>
              <Chip>Stepped aside</Chip>
            </li>
          ))}
      </ul>
      {editable && <Picker promotion={promotion} plan={plan} onPlan={setPlan} />}
      {editable && (
        <div className={cx(ui.row, classes.seatFoot)}>
          <span className={cx(ui.grow, ui.small, seat.error ? ui.bad : ui.second)} role="status">
            {seat.error
              ? seat.error.message
              : left
                ? `Still needed: ${left}`
                : 'The panel is complete'}
          </span>
          <Button aria-disabled={left !== ''} loading={seat.isPending} onClick={save}>
            Save the panel
          </Button>
        </div>
      )}
    </Panel>
  );
}

type RowProps = { person: PersonRef; plan: Plan; editable: boolean; onPlan: (plan: Plan) => void };

function SeatRow({ person, plan, editable, onPlan }: RowProps) {
  const chair = plan.chairId === person.id;
  const leave = () =>
    onPlan({
      people: plan.people.filter((other) => other.id !== person.id),
      chairId: chair ? null : plan.chairId,
    });
  return (
    <li className={classes.seat}>
      <Face name={person.name} />
      <span className={ui.grow}>
        {person.name} <span className={ui.muted}>{person.level}</span>
      </span>
      {chair && <Chip tone="accent">Chair</Chip>}
      {editable && !chair && (
        <Button
          size="xs"
          variant="subtle"
          aria-label={`Make chair: ${person.name}`}
          onClick={() => onPlan({ ...plan, chairId: person.id })}
        >
          Make chair
        </Button>
      )}
      {editable && (
        <Button size="xs" variant="subtle" aria-label={`Remove ${person.name}`} onClick={leave}>
          Remove
        </Button>
      )}
    </li>
  );
}

type PickerProps = { promotion: Case; plan: Plan; onPlan: (plan: Plan) => void };

/** People by name. Those who may not sit are shown with the reason instead of a button. */
function Picker({ promotion, plan, onPlan }: PickerProps) {
  const [term, setTerm] = useState('');
  const [slow] = useDebouncedValue(term, 200);
  const candidates = useQuery(candidatesQuery(promotion.id, slow));
  const taken = new Set(plan.people.map((person) => person.id));
  return (
    <div className={classes.picker}>
      <TextInput
        type="search"
        label="Add a panelist"
        placeholder="Name"
        leftSection={<IconSearch size={16} stroke={1.5} aria-hidden="true" />}
        value={term}
        onChange={(event) => setTerm(event.currentTarget.value)}
      />
      <QueryPart query={candidates} what="The list of panelists">
        {({ items }) => (
          <ul className={classes.candidates}>
            {items
              .filter(({ person }) => !taken.has(person.id))
              .map(({ person, eligible, why }) => (
                <li key={person.id} className={classes.seat}>
                  <span className={ui.grow}>
                    {person.name} <span className={ui.muted}>{person.level}</span>
                    {why && <span className={cx(ui.tiny, ui.second, classes.why)}>{why}</span>}
                  </span>
                  {eligible ? (
                    <Button
                      size="xs"
                      aria-label={`Add ${person.name}`}
                      onClick={() => onPlan({ ...plan, people: [...plan.people, person] })}
                    >
                      Add
                    </Button>
                  ) : (
                    <Chip>Cannot sit</Chip>
                  )}
                </li>
              ))}
          </ul>
        )}
      </QueryPart>
    </div>
  );
}
