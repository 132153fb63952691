import { describe, expect, test } from 'vitest';
import { contrast } from './contrast';
import { colour, type Scheme, type Token } from './tokens';

const text = 4.5;
const mark = 3;

const pairs: [ink: Token, ground: Token, least: number][] = [
  ...on('ink', ['surface', 'canvas', 'subtle', 'sunken', 'accent-bg', 'add-bg'], text),
  ...on('ink2', ['surface', 'canvas', 'subtle', 'sunken', 'accent-bg'], text),
  ...on('ink3', ['surface', 'canvas', 'subtle', 'sunken'], text),
  ...on('accent-ink', ['surface', 'canvas', 'subtle', 'accent-bg'], text),
  ...on('on-accent', ['accent', 'accent-h'], text),
  ...on('turn-ink', ['surface', 'subtle', 'turn-bg'], text),
  ...on('ok-ink', ['surface', 'ok-bg'], text),
  ...on('bad-ink', ['surface', 'subtle', 'bad-bg'], text),
  ...on('ink', ['diverge-2n', 'diverge-1n', 'diverge-0', 'diverge-1p', 'diverge-2p'], text),
  ...([1, 2, 3, 4, 5] as const).flatMap((face) =>
    on(`face-${face}-ink`, [`face-${face}-bg`], text),
  ),
  ...on('ctl', ['surface', 'canvas', 'sunken'], mark),
  ...on('accent', ['surface', 'subtle', 'sunken'], mark),
  ...on('turn-mark', ['surface', 'subtle'], mark),
  ...on('add-line', ['surface'], mark),
  ...on('management', ['surface'], mark),
  ...on('market', ['bar-outer', 'bar-inner'], mark),
  ...on('dot', ['bar-outer', 'bar-inner', 'bar-m-outer', 'bar-m-inner'], mark),
  ...on('ramp-3', ['surface'], mark),
  ...on('ramp-4', ['surface'], mark),
  ...on('ramp-5', ['surface'], mark),
];

function on(ink: Token, grounds: Token[], least: number): [Token, Token, number][] {
  return grounds.map((ground) => [ink, ground, least]);
}

describe.each<Scheme>(['light', 'dark'])('%s', (scheme) => {
  test.each(pairs)('%s on %s is at least %d', (ink, ground, least) => {
    expect(contrast(colour(ink, scheme), colour(ground, scheme))).toBeGreaterThanOrEqual(least);
  });
});

test('the ratio is the WCAG ratio', () => {
  expect(contrast('#000000', '#FFFFFF')).toBeCloseTo(21, 5);
  expect(contrast('#1B1A17', '#FFFFFF')).toBeCloseTo(17.4, 2);
  expect(contrast('#777777', '#777777')).toBe(1);
});
