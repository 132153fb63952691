import type { Case, Move } from '../../api/types';
import { firstName } from '../../components/format';

export type CaseAction = {
  action: Move['action'];
  label: string;
  /** What will happen, told before it does. */
  consequence: string;
  solid: boolean;
};

function actionWords(promotion: Case, action: string): Omit<CaseAction, 'action'> | undefined {
  const manager = firstName(promotion.manager.name);
  const candidate = firstName(promotion.person.name);
  switch (action) {
    case 'hand_over':
      return {
        label:
          promotion.state === 'changes_requested' ? `Return to ${manager}` : `Hand to ${manager}`,
        consequence: `It is then ${manager}’s turn, who can ask for changes. You can edit again when it comes back.`,
        solid: true,
      };
    case 'request_changes':
      return {
        label: `Return to ${candidate}`,
        consequence: `${candidate} can edit again, with your requests in the text.`,
        solid: false,
      };
    case 'submit':
      return {
        label: 'Submit to the panel',
        consequence:
          'The packet is frozen, and nobody can change it after that. HR then seats the panel.',
        solid: true,
      };
    case 'withdraw':
      return {
        label: 'Withdraw',
        consequence:
          'The case ends here. The packet stays with you, and you can use it for a later case.',
        solid: false,
      };
    case 'communicate':
      return {
        label: `Tell ${candidate}`,
        consequence: `This tells ${candidate} the decision and its reasons. Talk to them first.`,
        solid: true,
      };
    default:
      return undefined;
  }
}

/** What the reader may do with a case now. The step that leads on comes first. */
export function caseActions(promotion: Case): CaseAction[] {
  const known = (promotion.actions as Move['action'][]).flatMap((action) => {
    const words = actionWords(promotion, action);
    return words ? [{ action, ...words }] : [];
  });
  return known.toSorted((one, other) => Number(other.solid) - Number(one.solid));
}
