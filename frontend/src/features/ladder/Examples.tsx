import { Markdown } from '../../components/text/Markdown';
import { cx, ui } from '../../components/ui';
import classes from './ladder.module.css';

type Point = { uid: string; text: string };
type Props = {
  level?: string;
  examples?: Point[] | undefined;
  antiExamples?: Point[] | undefined;
};

/** What a level looks like, and what is often mistaken for it. */
export function Examples({ level, examples = [], antiExamples = [] }: Props) {
  return (
    <div className={classes.examples}>
      <ExampleList title={level ? `Looks like ${level}` : 'Looks like it'} items={examples} />
      <ExampleList title={level ? `Not yet ${level}` : 'Not yet'} items={antiExamples} />
    </div>
  );
}

function ExampleList({ title, items }: { title: string; items: Point[] }) {
  if (items.length === 0) return null;
  return (
    <div>
      <div className={cx(ui.tiny, ui.muted)}>{title}</div>
      <ul>
        {items.map(({ uid, text }) => (
          <li key={uid} id={uid}>
            <Markdown text={text} />
          </li>
        ))}
      </ul>
    </div>
  );
}
