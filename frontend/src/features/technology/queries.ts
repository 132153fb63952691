import { useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { client, ifMatch, read } from '../../api/client';
import { apiQuery } from '../../api/query';
import { type Autosave, useAutosave } from '../../components/autosave/useAutosave';
import { keyOf, type Row, saidOf, type Use, type Value } from './profile';

export const profileQuery = (id: string) => ({
  ...apiQuery('/people/{id}/technologies', { path: { id } }),
  retry: false,
});

/** Puts a technology into the shown profile, or removes the one of that name. */
function useRemembered(person: string) {
  const queries = useQueryClient();
  return (name: string, use: Use | undefined) =>
    queries.setQueryData(profileQuery(person).queryKey, (profile) => {
      if (!profile) return profile;
      const others = profile.uses.filter((other) => keyOf(other.name) !== keyOf(name));
      return { ...profile, uses: use ? [...others, use] : others };
    });
}

const nothing = { value: null, version: 0 };

/** One technology that saves itself. Null removes it from the profile. */
export function useRow(person: string, { name, use }: Row): Autosave<Value> {
  const remember = useRemembered(person);
  const id = useRef(use?.id);
  const stored = (next: Use) => {
    id.current = next.id;
    remember(name, next);
    return { value: saidOf(next), version: next.version };
  };
  return useAutosave<Value>({
    draftKey: `technology:${person}:${keyOf(name)}`,
    saved: use ? { value: saidOf(use), version: use.version } : nothing,
    text: (value) => value?.stance ?? '',
    save: async (value, version) => {
      const path = id.current && { path: { id: id.current } };
      if (!value) {
        if (path) await read(client.DELETE('/technologies/{id}', { params: path }));
        id.current = undefined;
        remember(name, undefined);
        return nothing;
      }
      const body = { name, ...value };
      if (!path) return stored(await read(client.POST('/technologies', { body })));
      const header = ifMatch(version);
      return stored(
        await read(client.PUT('/technologies/{id}', { params: { ...path, header }, body })),
      );
    },
    current: (current) => stored(current as Use),
  });
}
