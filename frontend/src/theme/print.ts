const scheme = 'data-mantine-color-scheme';

/** Paper is white, so prints use the colours of the light scheme whatever the screen uses. */
export function printInLight(): void {
  const root = document.documentElement;
  let onScreen: string | null = null;
  window.matchMedia('print').addEventListener('change', ({ matches }) => {
    if (matches) {
      onScreen = root.getAttribute(scheme);
      root.setAttribute(scheme, 'light');
    } else if (onScreen !== null) {
      root.setAttribute(scheme, onScreen);
    }
  });
}
