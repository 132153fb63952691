/** What became of levels that are gone: their new code, or null if they end. */
export type Answers = Record<string, string | null>;

/** The renamed levels among the answers, as the API takes them. */
export function renamedOf(answers: Answers): { from: string; to: string }[] {
  return Object.entries(answers).flatMap(([from, to]) => (to === null ? [] : [{ from, to }]));
}

/** Whether a level can be the new code of another one: each can be so only once. */
export function isNew(answers: Answers, code: string) {
  return (level: { code: string }): boolean =>
    !Object.entries(answers).some(([from, to]) => from !== code && to === level.code);
}
