import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';

const key = 'rung-side';

function kept(): 'wide' | 'rail' | null {
  const value = localStorage.getItem(key);
  return value === 'wide' || value === 'rail' ? value : null;
}

/** Wide or rail: what the reader chose or, by default, what fits the window. */
export function useSide() {
  const roomy = useMediaQuery('(min-width: 1361px)', true, { getInitialValueInEffect: false });
  const [chosen, setChosen] = useState(kept);
  const width = chosen ?? (roomy ? 'wide' : 'rail');
  const toggle = () => {
    const next = width === 'wide' ? 'rail' : 'wide';
    localStorage.setItem(key, next);
    setChosen(next);
  };
  return { width, toggle } as const;
}
