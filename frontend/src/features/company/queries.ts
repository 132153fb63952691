import { useMutation, useQueryClient } from '@tanstack/react-query';
import { client, ifMatch, read } from '../../api/client';
import { apiQuery, invalidate } from '../../api/query';
import type { components } from '../../api/schema';

type Schemas = components['schemas'];

export type Settings = Schemas['CompanySettings'];
export type Values = Schemas['CompanyValues'];
export type Changing = Schemas['CompanyChanging'];
export type Version = Schemas['CompanyVersion'];

export const settingsQuery = apiQuery('/settings');

export function useChangeSettings(version: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Changing) =>
      read(client.PUT('/settings', { params: { header: ifMatch(version) }, body })),
    onSuccess: () => void invalidate(queries, '/settings', '/people/{id}/case-start'),
  });
}

type Setting = keyof Values;

export const settingWords: Record<Setting, { label: string; note: string }> = {
  monthsInLevel: {
    label: 'Months at a level before a case for a higher one',
    note: 'Counted from the day since which the level is held.',
  },
  monthsAfterDecision: {
    label: 'Months after a decision that was no promotion',
    note: 'Counted from the day on which the candidate was told.',
  },
  monthsAfterWithdrawal: {
    label: 'Months after a case was withdrawn',
    note: 'Only if the manager had the packet already. A draft that nobody else saw counts for nothing.',
  },
};

export const settingNames = Object.keys(settingWords) as Setting[];
