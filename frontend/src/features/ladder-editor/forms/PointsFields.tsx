import { NumberInput } from '@mantine/core';
import { ui } from '../../../components/ui';
import classes from '../editor.module.css';
import { levelChoices } from './known';
import { orderOf, putThreshold, type RuleFields, reachOf } from './rule';

/** The number of points from which each level is reached. */
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
        The ratings in all competencies add up to at least {least} and at most {most}. A point
        counts with its value, or with its place on the scale if it has none. Leave a field empty to
        leave its level out.
      </p>
      {order.map((code) => {
        const at = levels.indexOf(code);
        const label = choices.find(({ value }) => value === code)?.label;
        return (
          <NumberInput
            key={code}
            label={label ?? `${code}, which no longer exists: clear the field to remove it`}
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
