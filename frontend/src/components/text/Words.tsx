import { Fragment, type ReactNode } from 'react';
import { cx, ui } from '../ui';

const linkPattern =
  /\[([^\]\n]+)\]\((https?:\/\/[^\s)]+)\)|(https?:\/\/[^\s<>()]+[^\s<>().,;:!?'"])/g;

export type Piece = { text: string; href?: string };

/** Splits text into plain pieces and links. Everything else stays plain text. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(linkPattern)) {
    if (match.index > from) found.push({ text: text.slice(from, match.index) });
    found.push({ text: match[1] ?? match[0], href: match[2] ?? match[3] ?? '' });
    from = match.index + match[0].length;
  }
  if (from < text.length) found.push({ text: text.slice(from) });
  return found;
}

export function ExternalLink({ href, children }: { href: string; children: ReactNode }) {
  const safe = /^https?:\/\//.test(href);
  if (!safe) return <span>{children}</span>;
  return (
    <a href={href} className={ui.link} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  );
}

function Line({ text }: { text: string }) {
  return (
    <>
      {pieces(text).map((piece, index) => {
        const key = `${index}:${piece.text}`;
        if (!piece.href) return <Fragment key={key}>{piece.text}</Fragment>;
        return (
          <ExternalLink key={key} href={piece.href}>
            {piece.text}
          </ExternalLink>
        );
      })}
    </>
  );
}

/** What a person wrote, with paragraphs and links only. */
export function Words({ text, className }: { text: string; className?: string }) {
  const paragraphs = text.split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== '');
  return (
    <div className={cx(ui.words, className)}>
      {paragraphs.map((paragraph, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs of one text, never reordered
        <p key={index}>
          <Line text={paragraph} />
        </p>
      ))}
    </div>
  );
}
