import type { AssessmentItem, Evidence, EvidenceBrief, Rating } from '../../api/types';
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
export function useItem(assessmentId: string, item: AssessmentItem) {
  const saved = useItemSaved(assessmentId);
  return useAutosave<ItemValue>({
    draftKey: `assessment:${assessmentId}:${item.competency}`,
    saved: { value: itemValue(item), version: item.version },
    text: (value) => value.reason,
    save: async ({ rating, reason, evidence }, version) => {
      const body = { rating, reason, evidenceIds: evidence.map((piece) => piece.id) };
      const stored = await saveItem(assessmentId, item.competency, body, version);
      saved(stored);
      return { value: itemValue(stored), version: stored.version };
    },
    current: (current) => {
      const stored = current as AssessmentItem;
      return { value: itemValue(stored), version: stored.version };
    },
  });
}
