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

/** Selects a language by its name, or by its tag, such as gsw, if it is not in the list. */
export function LanguageSelect({ value, error, onChange, ...rest }: Props) {
  const [typed, setTyped] = useState('');
  return (
    <Select
      {...rest}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      searchable
      nothingFoundMessage="Type the tag of a language, such as gsw or pt-BR"
      data={languageChoices(value ? [value] : [], typed)}
      value={value}
      error={error}
      onSearchChange={setTyped}
      onChange={(tag) => tag !== null && onChange(tag)}
    />
  );
}
