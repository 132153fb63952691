import type { Ladder } from '../../api/types';
import { ui } from '../../components/ui';
import { type Names, ruleWords } from './rules';

type Props = { rule: Ladder['rule']; names: Names };

/** How ratings become advice, with a note that it is advice only. */
export function RuleWords({ rule, names }: Props) {
  const computes = rule !== undefined && rule.type !== 'none' && rule.type !== 'manual';
  return (
    <>
      {ruleWords(rule, names).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {computes && <p className={ui.second}>This is advice with a reason. People decide.</p>}
    </>
  );
}
