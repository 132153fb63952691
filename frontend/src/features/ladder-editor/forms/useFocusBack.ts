import { useEffect, useState } from 'react';

/** Returns the focus to what opened a drawer once the drawer is closed. */
export function useFocusBack() {
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (opener instanceof HTMLElement) opener.focus();
    },
    [opener],
  );
}
