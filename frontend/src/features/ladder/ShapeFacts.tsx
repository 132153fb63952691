import type { RoleShape } from '../../api/types';
import classes from './ladder.module.css';
import { shapeFacts } from './shape';

export function ShapeFacts({ shape }: { shape: RoleShape }) {
  return shapeFacts(shape).map(([figure, counts]) => (
    <span key={counts} className={classes.fact}>
      <b>{figure}</b> {counts}{' '}
    </span>
  ));
}
