import type { Assessment, AssessmentItem, Evidence, EvidenceBrief, Rating } from '../../api/types';
import { useAutosave } from '../../components/autosave/useAutosave';
import { saveItem, useItemSaved } from './queries';

/** What an attached piece shows; the evidence pane knows more about it. */
export type Attached = Pick<
  Evidence & EvidenceBrief,
  'id' | 'title' | 'happenedFrom' | 'happenedTo' | 'competencies'
>;

export type ItemValue = { rating: Rating; reason: string; evidence: Attached[] };

export function itemValue({ rating, reason, evidence }: AssessmentItem): ItemValue {
  return { rating, reason, evidence };
}

/** One competency that saves itself. */
export function useItem({ id, target }: Assessment, item: AssessmentItem) {
  const saved = useItemSaved(id);
  return useAutosave<ItemValue>({
    draftKey: `assessment:${id}:${target.code}:${item.competency}`,
    saved: { value: itemValue(item), version: item.version },
    text: (value) => value.reason,
    save: async ({ rating, reason, evidence }, version) => {
      const evidenceIds = evidence.map((piece) => piece.id);
      const body = { rating, reason, evidenceIds, level: target.code };
      const stored = await saveItem(id, item.competency, body, version);
      saved(stored);
      return { value: itemValue(stored), version: stored.version };
    },
    current: (current) => {
      const stored = current as AssessmentItem;
      return { value: itemValue(stored), version: stored.version };
    },
  });
}
