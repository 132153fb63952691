import type { Ladder } from '../../api/types';
import { ui } from '../../components/ui';
import { type Names, ruleWords } from './rules';

type Props = { rule: Ladder['rule']; names: Names };

/** How ratings become advice, and that it is no more than that. */
export function RuleWords({ rule, names }: Props) {
  const computes = rule !== undefined && rule.type !== 'none' && rule.type !== 'manual';
  return (
    <>
      {ruleWords(rule, names).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {computes && <p className={ui.second}>It is advice with its reason. People decide.</p>}
    </>
  );
}
