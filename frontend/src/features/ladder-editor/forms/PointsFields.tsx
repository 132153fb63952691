import { NumberInput } from '@mantine/core';
import { ui } from '../../../components/ui';
import classes from '../editor.module.css';
import { levelChoices } from './known';
import { orderOf, putThreshold, type RuleFields, reachOf } from './rule';

/** From how many points on each level is reached. */
export function PointsFields({ rule, known, wrong, onChange }: RuleFields) {
  const { levels = [], thresholds = [] } = rule;
  const choices = levelChoices(known);
  const order = orderOf(
    choices.map(({ value }) => value),
    levels,
  );
  const [least, most] = reachOf(known);
  return (
    <fieldset className={classes.plain}>
      <legend className={classes.legend}>Points from which a level is reached</legend>
      <p className={ui.second}>
        Ratings in all competencies add up to {least} at least and {most} at most. A point counts
        its value; without one, its place on the scale. Empty leaves a level out.
      </p>
      {order.map((code) => {
        const at = levels.indexOf(code);
        const label = choices.find(({ value }) => value === code)?.label;
        return (
          <NumberInput
            key={code}
            label={label ?? `${code}, which is gone: empty it to take it out`}
            classNames={{ root: classes.inLine as string }}
            decimalScale={3}
            value={(at < 0 ? undefined : thresholds[at]) ?? ''}
            error={at < 0 ? undefined : wrong(`levels/${at}`, `thresholds/${at}`)}
            onChange={(value) =>
              onChange(putThreshold(rule, order, code, value === '' ? undefined : Number(value)))
            }
          />
        );
      })}
    </fieldset>
  );
}
