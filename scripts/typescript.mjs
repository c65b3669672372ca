// Lets Node run the sources of this workspace, which are TypeScript: `node --conditions=source --import=./scripts/typescript.mjs FILE`.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { register } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { transformSync, version } from 'esbuild';

const fastCheck = pathToFileURL(`${process.cwd()}/test/support/fastCheck.ts`).href;
const cache = fileURLToPath(new URL('../.cache/typescript', import.meta.url));
const flags = { loader: 'ts', format: 'esm', target: 'es2023' };

export const resolve = (name, context, next) =>
  name === 'fast-check' ? { url: fastCheck, shortCircuit: true } : next(name, context);

export function load(url, context, next) {
  if (!/^file:.*\.ts$/.test(url)) return next(url, context);
  return { format: 'module', source: scriptOf(readFileSync(new URL(url), 'utf8')), shortCircuit: true };
}

/** Transformed texts are kept: a process starts in half the time. */
function scriptOf(source) {
  const name = createHash('sha256')
    .update(JSON.stringify([version, flags, source]))
    .digest('hex');
  const path = join(cache, name);
  try {
    return readFileSync(path, 'utf8');
  } catch {
    const { code } = transformSync(source, flags);
    writeFileSync(`${path}.${process.pid}`, code);
    renameSync(`${path}.${process.pid}`, path);
    return code;
  }
}

if (isMainThread) {
  mkdirSync(cache, { recursive: true });
  register(import.meta.url);
}
