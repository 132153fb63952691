import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';

/** Words of a screen that claim to know who can read something. */
const claims = [
  /\bonly (you|they|HR|[\w’]+ manager|\$?\{[^}]*\})(?= |[.,;:`'"<}]|$)/i,
  /\bcan (also )?(read|see) (it|this|them|these|the|that|your|what|who)\b/i,
  /\b(may|who|also) (read|see)s? (it|this|them)\b/i,
  /\b(reads?|sees) (it|this|them)\b/i,
  /\b(everybody|everyone|anybody|nobody|no one)( else)? (can |may |will )?(reads?|sees?)\b/i,
  /\b(everybody|everyone) (at|in the company)\b/i,
  /\bread by (?!<)/i,
  /\b(HR|HR partners?|HR compensation|managers?|panel|others?|people concerned|\{[\w.]+\}) (and [\w ]{1,20})?(can |may |will )?(reads?|sees?)\b/i,
  /\bfor (everybody|everyone) to (read|see)\b/i,
  /\b(visible|shared|shown|readable) (only )?(to|by|for) (you|HR|everybody|everyone|the)\b/i,
];

/** What reads like a claim and is none, or what explains the rules themselves. */
const allowed: { file: string; words: RegExp; reason: string }[] = [
  {
    file: 'components/bar/Audience.tsx',
    words: /title="Can read it now"/g,
    reason: 'the heading of the list that the server sends',
  },
  {
    file: 'components/bar/CaseBar.tsx',
    words: />Read by</g,
    reason: 'the label of the bar, before the words that the server sends',
  },
  {
    file: 'features/explain/ExplainPage.tsx',
    words: /See who can read something[^"]*|title="Who can read it"/g,
    reason: 'the page that explains access, about any thing',
  },
  {
    file: 'features/audit/Evaluations.tsx',
    words: /Read it(?= <)/g,
    reason: 'the link to the answer',
  },
  {
    file: 'features/ladder-editor/ConvertTable.tsx',
    words: /Read it again|Why it was read this way/g,
    reason: 'the program reads, a table',
  },
  {
    file: 'features/ladder-editor/CellEditor.tsx',
    words: /What a colleague can see this person do/g,
    reason: 'what a criterion is made of',
  },
];

const root = join(import.meta.dirname, '../..');

function sources(): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .filter((file) => !/\.test\.tsx?$|\.d\.ts$|^test\//.test(file))
    .map((file) => relative(root, join(root, file)));
}

/** The code without comments, with every run of space as one, since sentences go over lines. */
function wordsOf(code: string): string {
  return code
    .replace(/\/\*[\s\S]*?\*\//g, ' ')
    .replace(/(^|\s)\/\/.*$/gm, ' ')
    .replace(/\{' '\}/g, ' ')
    .replace(/\s+/g, ' ');
}

function claimsIn(words: string): string[] {
  return claims.flatMap((claim) =>
    [...words.matchAll(new RegExp(claim, 'gi'))].map(({ index }) =>
      words.slice(Math.max(0, index - 40), index + 60),
    ),
  );
}

test.each([
  'Only you read it until you submit, by{" "}',
  '<Badge icon="only">Only you</Badge>',
  "'Your manager and HR can read this from then on.'",
  '{candidate} can read the decision and its reasons from now on.',
  '{subject.name} reads it when both are in.',
  'Only {author.name} until both are in',
  'Everyone at {company}',
  'Read by the manager and HR partners',
  'Only you and HR compensation see\n it.',
  'Everybody can read these facts.',
  'What each level means, for everybody to read.',
  'Your seat goes to somebody else. HR reads the reason.',
  'Until the close nobody sees a vote',
  'They can read your answer.',
])('it notices “%s”', (sentence) => {
  expect(claimsIn(wordsOf(sentence))).not.toEqual([]);
});

test('no screen claims to know who can read something: the server says it', () => {
  const found = sources().flatMap((file) => {
    const code = readFileSync(join(root, file), 'utf8');
    const words = allowed
      .filter((exception) => exception.file === file)
      .reduce((rest, exception) => rest.replaceAll(exception.words, ''), wordsOf(code));
    return claimsIn(words).map((claim) => `${file}: … ${claim} …`);
  });
  expect(found).toEqual([]);
});

test('every exception is still needed', () => {
  const idle = allowed.filter(
    ({ file, words }) => wordsOf(readFileSync(join(root, file), 'utf8')).search(words) < 0,
  );
  expect(idle).toEqual([]);
});
