import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { apiQuery } from '../../api/query';

const shown = 20;

const found = (q: string) => ({
  ...apiQuery('/people', { query: { q, limit: shown, sort: 'name' } }),
  placeholderData: keepPreviousData,
});

type Props = {
  label: string;
  description?: string;
  value: string | null;
  onChange: (id: string | null) => void;
  error?: string | undefined;
  placeholder?: string;
  clearable?: boolean;
};

/** Selects one person from the directory by the start of their name. */
export function PersonSelect({ value, onChange, clearable = false, ...rest }: Props) {
  const [text, setText] = useState('');
  const [q] = useDebouncedValue(text, 200);
  const people = useQuery(found(q)).data?.items ?? [];
  return (
    <Select
      {...rest}
      searchable
      clearable={clearable}
      clearButtonProps={{ 'aria-label': 'Clear' }}
      data={people.map(({ id, name, title }) => ({
        value: id,
        label: title ? `${name}, ${title}` : name,
      }))}
      filter={({ options }) => options}
      searchValue={text}
      onSearchChange={setText}
      nothingFoundMessage="No name starts with this"
      value={value}
      onChange={onChange}
    />
  );
}
