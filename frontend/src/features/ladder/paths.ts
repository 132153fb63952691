/** Where a level, or one sentence of it, is shown. */
export type ToLevel = (code: string, uid?: string) => string;

/** Links below an address that keep the version and the language that are read. */
export function toLevel(base: string, search: { version?: string; lang?: string }): ToLevel {
  const query = new URLSearchParams(
    Object.entries(search).flatMap(([key, value]) => (value ? [[key, value]] : [])),
  ).toString();
  return (code, uid) =>
    `${base}/levels/${encodeURIComponent(code)}${query && `?${query}`}${uid ? `#${uid}` : ''}`;
}
