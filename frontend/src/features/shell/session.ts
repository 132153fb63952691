/** Where to sign in so that the reader comes back to this page. */
export function signInPath(location: Location = window.location): string {
  const here = `${location.pathname}${location.search}`;
  return `/auth/login?return_to=${encodeURIComponent(here)}`;
}

/** Ends the session and goes where the identity provider says. */
export async function signOut(): Promise<void> {
  const answer = await fetch('/auth/logout', { method: 'POST' });
  const body: { location?: string } = answer.ok ? await answer.json() : {};
  window.location.assign(body.location ?? '/');
}
