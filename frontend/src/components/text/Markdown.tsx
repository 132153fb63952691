import { lazy, Suspense } from 'react';
import { hasMarkup, isDrawable } from './markup';

const Rich = lazy(() => import('./Rich'));

type Props = {
  text: string;
  /** Inside a button or a sentence: no paragraphs, lists and links. */
  inline?: boolean;
};

/** A text of a ladder: Markdown without HTML. The renderer is loaded only for texts that need it. */
export function Markdown({ text, inline = false }: Props) {
  if (!hasMarkup(text) || !isDrawable(text)) return <>{text}</>;
  return (
    <Suspense fallback={text}>
      <Rich text={text} inline={inline} />
    </Suspense>
  );
}
