import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { Markdown } from './Markdown';
import { hasMarkup, isDrawable } from './markup';
import Rich from './Rich';

test.each([
  ['Writes tests.', false],
  ['C# and 24/7, R&D - 5 of 7 (yes)', false],
  ['**Owns** it', true],
  ['See https://a.example', true],
  ['- one\n- two', true],
  ['One.\n\nTwo.', true],
])('%s has markup: %s', (text, has) => {
  expect(hasMarkup(text)).toBe(has);
});

test('plain text is shown as it is, and markup is rendered once its renderer is loaded', async () => {
  const { container } = render(<Markdown text="Designs *small* systems" />);
  expect(container.textContent).toBe('Designs *small* systems');
  expect((await screen.findByText('small')).tagName).toBe('EM');
});

test('lists and links are rendered, headings are not', () => {
  const text = '# Scope\n\n- one\n- [two](https://a.example)\n\nhttps://b.example';
  const { container } = render(<Rich text={text} inline={false} />);
  expect(container.querySelectorAll('li')).toHaveLength(2);
  expect(container.querySelector('h1')).toBeNull();
  expect([...container.querySelectorAll('a')].map((a) => a.getAttribute('href'))).toEqual([
    'https://a.example',
    'https://b.example',
  ]);
});

test('no script runs, and inside a button there is nothing to press', () => {
  const scripted = ['javascript', 'alert(1)'].join(':');
  const text = `<img src=x onerror=alert(1)> [press](${scripted}) ![x](https://a.example/x.png)`;
  const { container } = render(<Rich text={text} inline={false} />);
  expect(container.querySelector('img, a[href^="javascript"]')).toBeNull();
  const inside = render(<Rich text="- [a](https://a.example) **b**" inline />);
  expect(inside.container.querySelector('a, li, p')).toBeNull();
  expect(inside.container.querySelector('strong')?.textContent).toBe('b');
});

test('a text that is nested too deep to draw is shown as it is written', async () => {
  for (const sign of ['> ', '1. ', '>', '+ ']) {
    expect(isDrawable(`First.\n\n${sign.repeat(6000)}`)).toBe(false);
  }
  expect(isDrawable('> - a\n>   1. b\n\n---')).toBe(true);
  const { container } = render(<Markdown text={'1. '.repeat(6000)} />);
  await import('./Rich');
  expect(container.textContent).toBe('1. '.repeat(6000));
});
