import { useRouter } from '@tanstack/react-router';
import { useRef } from 'react';
import type { Me } from '../../api/types';
import { useKeys } from '../../components/useKeys';

const patience = 1000;

function destinations(me: Me): Record<string, string | undefined> {
  return {
    h: '/',
    l: '/ladders',
    t: me.can.includes('team') ? '/team' : undefined,
    b: me.can.includes('bands') ? '/bands' : undefined,
  };
}

/** "g" and then a letter goes to a place. */
export function useGoKeys(me: Me): void {
  const router = useRouter();
  const since = useRef(0);
  const go = (letter: string) => () => {
    const path = destinations(me)[letter];
    if (path && Date.now() - since.current < patience) router.history.push(path);
    since.current = 0;
  };
  useKeys({
    g: () => {
      since.current = Date.now();
    },
    h: go('h'),
    t: go('t'),
    l: go('l'),
    b: go('b'),
  });
}
