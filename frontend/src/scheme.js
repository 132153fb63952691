// Runs as a classic script in the head, so that the first paint already has the colour scheme.
(() => {
  const kept = localStorage.getItem('mantine-color-scheme-value');
  const wantsDark = matchMedia('(prefers-color-scheme: dark)').matches;
  const scheme = kept === 'light' || kept === 'dark' ? kept : wantsDark ? 'dark' : 'light';
  document.documentElement.setAttribute('data-mantine-color-scheme', scheme);
})();
