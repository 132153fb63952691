import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const worthIt = /\.(js|css|svg|json)$/;
const smallest = 512;

/** Writes .br and .gz beside every hashed text asset, so that the server never compresses. */
export function compressPlugin(): Plugin {
  let assets = '';
  return {
    name: 'rung-compress',
    apply: 'build',
    configResolved(config) {
      assets = join(config.root, config.build.outDir, config.build.assetsDir);
    },
    closeBundle() {
      for (const name of readdirSync(assets).filter((file) => worthIt.test(file))) {
        writeCompressed(join(assets, name));
      }
    },
  };
}

function writeCompressed(file: string): void {
  const plain = readFileSync(file);
  if (plain.length < smallest) return;
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
  };
  writeFileSync(`${file}.br`, brotliCompressSync(plain, { params }));
  writeFileSync(`${file}.gz`, gzipSync(plain, { level: 9 }));
}
