import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { HtmlTagDescriptor, Plugin } from 'vite';

const schemeSource = new URL('../src/scheme.js', import.meta.url);

/** Adds what the head needs before the first paint: the colour scheme and the latin font. */
export function headPlugin(): Plugin {
  let building = false;
  return {
    name: 'rung-head',
    configResolved(config) {
      building = config.command === 'build';
    },
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle }) {
        const tags = [schemeTag(building ? schemeFile() : '/src/scheme.js')];
        const font = Object.keys(bundle ?? {}).find((name) =>
          /inter-latin-opsz-normal.*\.woff2$/.test(name),
        );
        return font ? [...tags, fontTag(`/${font}`)] : tags;
      },
    },
    generateBundle() {
      this.emitFile({
        type: 'asset',
        fileName: schemeFile().slice(1),
        source: readFileSync(schemeSource),
      });
    },
  };
}

function schemeFile(): string {
  const hash = createHash('sha256').update(readFileSync(schemeSource)).digest('base64url');
  return `/assets/scheme-${hash.slice(0, 8)}.js`;
}

function schemeTag(src: string): HtmlTagDescriptor {
  return { tag: 'script', attrs: { src }, injectTo: 'head-prepend' };
}

function fontTag(href: string): HtmlTagDescriptor {
  return {
    tag: 'link',
    attrs: { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: true, href },
    injectTo: 'head',
  };
}
