import { Button, Modal, MultiSelect, Select, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { fieldError } from '../../api/problem';
import { PersonSelect } from '../../components/input/PersonSelect';
import { ui } from '../../components/ui';
import { facetsQuery } from '../people/queries';
import { type Asking, roleWords, useAsk } from './queries';
import classes from './roles.module.css';

const choices = Object.entries(roleWords)
  .filter(([role]) => role !== 'employee')
  .map(([value, label]) => ({ value, label }));

type Draft = {
  personId: string | null;
  role: Asking['role'] | null;
  units: string[];
  countries: string[];
  reason: string;
  validTo: string;
};

const blank: Draft = {
  personId: null,
  role: null,
  units: [],
  countries: [],
  reason: '',
  validTo: '',
};

function asking({ personId, role, units, countries, reason, validTo }: Draft): Asking | undefined {
  if (!personId || !role || !reason.trim()) return undefined;
  const scope = role === 'hr' ? { units, countries } : {};
  return { personId, role, reason, ...scope, ...(validTo && { validTo }) };
}

export function AskRole({ onClose }: { onClose: () => void }) {
  const [draft, setDraft] = useState(blank);
  const ask = useAsk();
  const set = (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part }));
  const error = (field: string) => fieldError(ask.error, field);
  const body = asking(draft);
  return (
    <Modal
      opened
      onClose={onClose}
      title="Ask for a role"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className={classes.form}>
        <p className={ui.second}>
          The role has no effect until somebody else allows it. The request is recorded in the audit
          trail.
        </p>
        <PersonSelect
          label="For whom"
          value={draft.personId}
          error={error('personId')}
          onChange={(personId) => set({ personId })}
        />
        <Select
          label="Role"
          data={choices}
          value={draft.role}
          error={error('role')}
          onChange={(role) => set({ role: role as Draft['role'] })}
        />
        {draft.role === 'hr' && <ScopeFields draft={draft} set={set} error={error} />}
        <Textarea
          label="Why"
          autosize
          minRows={2}
          maxLength={1000}
          value={draft.reason}
          error={error('reason')}
          onChange={(event) => set({ reason: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          label="Until (optional)"
          value={draft.validTo}
          error={error('validTo')}
          onChange={(event) => set({ validTo: event.currentTarget.value })}
        />
        {ask.error && (
          <p role="alert" className={ui.bad}>
            {ask.error.message}
          </p>
        )}
        <div className={classes.foot}>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="filled"
            loading={ask.isPending}
            aria-disabled={!body}
            onClick={() => body && ask.mutate(body, { onSuccess: onClose })}
          >
            Ask for the role
          </Button>
        </div>
      </div>
    </Modal>
  );
}

type ScopeProps = {
  draft: Draft;
  set: (part: Partial<Draft>) => void;
  error: (field: string) => string | undefined;
};

function ScopeFields({ draft, set, error }: ScopeProps) {
  const units = useQuery(facetsQuery).data?.units ?? [];
  return (
    <>
      <MultiSelect
        label="Units, including all below"
        placeholder={draft.units.length > 0 ? '' : 'Every unit'}
        searchable
        data={units.map(({ id, name }) => ({ value: id, label: name }))}
        value={draft.units}
        error={error('units')}
        onChange={(chosen) => set({ units: chosen })}
      />
      <TagsInput
        label="Countries"
        description="ISO codes, such as DE and FR"
        placeholder={draft.countries.length > 0 ? '' : 'Every country'}
        value={draft.countries}
        error={error('countries')}
        onChange={(codes) => set({ countries: codes.map((code) => code.trim().toUpperCase()) })}
      />
    </>
  );
}
