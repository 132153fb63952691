import type { Assessment } from '../../api/types';
import type { ItemValue } from './useItem';

type Tried = NonNullable<Assessment['tried']>[number];
type Answer = Tried['answers'][number];

/** What was written about a competency for the levels that are not the target. */
export function wordsFor({ tried = [] }: Pick<Assessment, 'tried'>, competency: string) {
  return tried.flatMap(({ level, answers }) =>
    answers
      .filter((answer) => answer.competency === competency && answer.reason.trim() !== '')
      .map((answer) => ({ level, answer })),
  );
}

/** Adds words and evidence from another level; the rating answers other sentences and stays. */
export function withWords(value: ItemValue, { reason, evidence }: Answer): ItemValue {
  const added = evidence.filter(({ id }) => !value.evidence.some((piece) => piece.id === id));
  return {
    ...value,
    reason: value.reason.trim() === '' ? reason : `${value.reason.trimEnd()}\n\n${reason}`,
    evidence: [...value.evidence, ...added],
  };
}
