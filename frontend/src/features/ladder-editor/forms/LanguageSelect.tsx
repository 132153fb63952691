import { Select } from '@mantine/core';
import { useState } from 'react';
import { languageChoices } from './languages';

type Props = {
  label: string;
  description?: string;
  placeholder?: string;
  disabled?: boolean;
  value: string | null;
  error?: string | undefined;
  onChange: (tag: string) => void;
};

/** A language by its name; one that is not in the list is found by its tag, such as gsw. */
export function LanguageSelect({ value, error, onChange, ...rest }: Props) {
  const [typed, setTyped] = useState('');
  return (
    <Select
      {...rest}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      searchable
      nothingFoundMessage="Type its tag, such as gsw or pt-BR"
      data={languageChoices(value ? [value] : [], typed)}
      value={value}
      error={error}
      onSearchChange={setTyped}
      onChange={(tag) => tag !== null && onChange(tag)}
    />
  );
}
