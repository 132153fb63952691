import type { components } from '../../api/schema';
import type { Person } from '../../api/types';

/** What HR can change about a person's place in the company. */
export type Facts = {
  managerId: string | null;
  unitId: string | null;
  title: string;
  location: string;
  timeZone: string;
  workingHours: string;
  fte: number;
  endsOn: string;
};

export type NamedChange = { field: keyof Facts; words: string };

const names: Record<keyof Facts, string> = {
  managerId: 'another manager',
  unitId: 'another unit',
  title: 'title',
  location: 'location',
  timeZone: 'time zone',
  workingHours: 'working hours',
  fte: 'share of full time',
  endsOn: 'first day away',
};

export function factsOf(person: Person): Facts {
  return {
    managerId: person.manager?.id ?? null,
    unitId: person.unit?.id ?? null,
    title: person.title,
    location: person.location,
    timeZone: person.timeZone,
    workingHours: person.workingHours,
    fte: person.fte,
    endsOn: person.endsOn ?? '',
  };
}

const fields = Object.keys(names) as (keyof Facts)[];

/** What differs, in the order of the form. */
export function namedChanges(before: Facts, after: Facts): NamedChange[] {
  return fields
    .filter((field) => before[field] !== after[field])
    .map((field) => ({
      field,
      words:
        field === 'managerId' || field === 'unitId'
          ? names[field]
          : `${names[field]} ${after[field] === '' ? 'empty' : after[field]}`,
    }));
}

const nobody = '00000000-0000-0000-0000-000000000000';

/** Only what differs is sent, so that nothing else is overwritten. */
export function toChange(
  before: Facts,
  after: Facts,
  on: string,
): components['schemas']['PeopleFactChange'] {
  const changed = Object.fromEntries(
    namedChanges(before, after).map(({ field }) => [field, after[field] ?? nobody]),
  );
  return { on, ...changed };
}
