import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { ExternalLink, pieces, Words } from './Words';

test('links are found in plain and in Markdown form', () => {
  expect(pieces('See [the dashboard](https://a.example/d), or https://b.example/x.')).toEqual([
    { text: 'See ' },
    { text: 'the dashboard', href: 'https://a.example/d' },
    { text: ', or ' },
    { text: 'https://b.example/x', href: 'https://b.example/x' },
    { text: '.' },
  ]);
});

test('markup that a writer typed stays text', () => {
  const { container } = render(<Words text={'<img src=x onerror=alert(1)>\n\n<b>bold</b>'} />);
  expect(container.querySelectorAll('p')).toHaveLength(2);
  expect(container.querySelector('img, b')).toBeNull();
  expect(screen.getByText('<b>bold</b>')).toBeTruthy();
});

test('a script address is never a link', () => {
  const scripted = ['javascript', 'alert(1)'].join(':');
  const { container } = render(
    <>
      <Words text={`[press](${scripted})`} />
      <ExternalLink href={scripted}>press</ExternalLink>
    </>,
  );
  expect(container.querySelector('a')).toBeNull();
});
