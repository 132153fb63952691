import { expect, test } from 'vitest';
import { toLevel } from './paths';

test('a link keeps the version and the language, and names the sentence', () => {
  expect(toLevel('/ladders/a', {})('IC4')).toBe('/ladders/a/levels/IC4');
  expect(toLevel('/ladders/a', { version: '1.0.0', lang: 'de' })('3.1', 'x-1')).toBe(
    '/ladders/a/levels/3.1?version=1.0.0&lang=de#x-1',
  );
});
