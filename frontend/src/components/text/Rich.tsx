import type { ReactNode } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import gfm from 'remark-gfm';
import { ExternalLink } from './Words';

const phrases = ['p', 'strong', 'em', 'del', 'code', 'br'];
const blocks = [
  ...phrases,
  'a',
  'ul',
  'ol',
  'li',
  'blockquote',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
];

/** Headings inside a text never compete with those of the page. */
const Strong = ({ children }: { children?: ReactNode }) => (
  <p>
    <strong>{children}</strong>
  </p>
);

const asBlocks: Components = {
  a: ({ href = '', children }) => <ExternalLink href={href}>{children}</ExternalLink>,
  h1: Strong,
  h2: Strong,
  h3: Strong,
  h4: Strong,
  h5: Strong,
  h6: Strong,
};

const asPhrases: Components = { p: ({ children }) => <span>{children}</span> };

/** Reads Markdown. HTML in it is shown as text. */
export default function Rich({ text, inline }: { text: string; inline: boolean }) {
  return (
    <ReactMarkdown
      allowedElements={inline ? phrases : blocks}
      remarkPlugins={[gfm]}
      unwrapDisallowed
      components={inline ? asPhrases : asBlocks}
    >
      {text}
    </ReactMarkdown>
  );
}
