import type { Assessment, AssessmentItem } from '../../api/types';
import { firstName } from '../../components/format';

export function ratedCount(items: AssessmentItem[]): number {
  return items.filter((item) => item.rating !== null).length;
}

/** Items under their categories, in the order of the ladder. */
export function byCategory(items: AssessmentItem[]): [string, AssessmentItem[]][] {
  const groups = new Map<string, AssessmentItem[]>();
  for (const item of items) groups.set(item.category, [...(groups.get(item.category) ?? []), item]);
  return [...groups];
}

export function minutesLeft(items: AssessmentItem[]): number {
  return (items.length - ratedCount(items)) * 5;
}

/** What keeps an assessment from being submitted, in words, by competency. */
export function missing(items: AssessmentItem[]): { item: AssessmentItem; words: string }[] {
  return items.flatMap((item) => {
    if (item.rating === null) return [{ item, words: `${item.name} is not rated` }];
    if (item.reason.trim() === '') return [{ item, words: `${item.name} has no reason` }];
    return [];
  });
}

/** "2 ratings, 1 reason left", empty when nothing is. */
export function missingWords({
  items,
  modifiers,
  modifier,
}: Pick<Assessment, 'items' | 'modifiers' | 'modifier'>): string {
  const ratings = items.filter((item) => item.rating === null).length;
  const reasons = missing(items).length - ratings;
  const parts = [];
  if (ratings > 0) parts.push(`${ratings} ${ratings === 1 ? 'rating' : 'ratings'}`);
  if (reasons > 0) parts.push(`${reasons} ${reasons === 1 ? 'reason' : 'reasons'}`);
  if (modifiers.length > 0 && modifier === '') parts.push('1 place inside the level');
  return parts.length > 0 ? `${parts.join(', ')} left` : '';
}

/** "Self-assessment against IC5 Lead", with a name when somebody else reads it. */
export function assessmentTitle({ kind, subject, target }: Assessment, reader: string): string {
  const level = `${target.code} ${target.title}`;
  if (kind === 'manager') return `${subject.name} against ${level}`;
  return subject.id === reader
    ? `Self-assessment against ${level}`
    : `${subject.name}’s self-assessment against ${level}`;
}

/** "Your rating", or the name of whoever gave it. */
export function ratingLabel({ kind, author, subject }: Assessment, reader: string): string {
  if (author.id !== reader) return `${author.name}’s rating`;
  return kind === 'self' ? 'Your rating' : `Your rating of ${firstName(subject.name)}`;
}
