import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { PeopleFilter } from './queries';

/** The address of the filtered directory as a file. The file is sorted by name and has no pay. */
export function csvPath({ q, level, location, unit }: PeopleFilter): string {
  const set = Object.entries({ q, level, location, unit }).filter(
    (entry): entry is [string, string] => Boolean(entry[1]),
  );
  const query = new URLSearchParams(set).toString();
  return query ? `/api/v1/people.csv?${query}` : '/api/v1/people.csv';
}

export function ExportPeople({ filter }: { filter: PeopleFilter }) {
  return (
    <Button
      component="a"
      href={csvPath(filter)}
      download
      leftSection={<IconDownload size={16} stroke={1.5} aria-hidden="true" />}
    >
      Export CSV
    </Button>
  );
}
