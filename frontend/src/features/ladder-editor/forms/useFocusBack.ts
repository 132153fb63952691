import { useEffect, useState } from 'react';

/** Gives the focus back to what opened a drawer once the drawer is gone. */
export function useFocusBack() {
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (opener instanceof HTMLElement) opener.focus();
    },
    [opener],
  );
}
