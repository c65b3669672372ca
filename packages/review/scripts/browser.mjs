#!/usr/bin/env node
// Sets up the browser in which the page of a review is looked at: Debian's chromium, installed where it is missing. Says clearly where it cannot be had.
import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const names = ['chromium', 'chromium-browser', 'google-chrome'];
const folders = [...(process.env.PATH ?? '').split(':'), '/usr/bin', '/snap/bin'];

/** Path of a browser, or undefined. */
export const browser = () =>
  folders.flatMap((folder) => names.map((name) => join(folder, name))).find((path) => existsSync(path));

/** Undefined where there is one, else why not. */
export function ensureBrowser() {
  if (browser()) return undefined;
  if (process.platform !== 'linux') return 'install Chromium or Chrome by hand';
  if (process.getuid?.() !== 0) return 'only root can install: apt-get install chromium';
  process.stderr.write('review judges: apt-get install chromium\n');
  const install = () => apt('install', '-y', '-qq', '--no-install-recommends', 'chromium');
  // A list of packages may be old, or missing: asked for only then, as it takes longest.
  const problem = install() === undefined ? undefined : (apt('update', '-qq') ?? install());
  return browser() ? undefined : (problem ?? 'the package has no browser');
}

function apt(...args) {
  const { status, stderr, error } = spawnSync('apt-get', args, {
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return status === 0
    ? undefined
    : `apt-get ${args[0]} failed: ${(error?.message ?? stderr).trim().split('\n').slice(-2).join(' / ')}`;
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const missing = ensureBrowser();
  if (missing) process.stderr.write(`review judges: no browser (${missing}); the page of a review is not looked at\n`);
}
