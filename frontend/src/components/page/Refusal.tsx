import { isProblem } from '../../api/problem';
import { ui } from '../ui';

/** Why the API refused something: the sentence, then each thing that is wrong and how to mend it. */
export function Refusal({ error }: { error: Error }) {
  const details = isProblem(error) ? error.errors : [];
  return (
    <div role="alert" className={ui.bad}>
      <p>{error.message}</p>
      {details.map(({ message, fix }) => (
        <p key={message} className={ui.small}>
          {message}
          {fix && `: ${fix}`}
        </p>
      ))}
    </div>
  );
}
