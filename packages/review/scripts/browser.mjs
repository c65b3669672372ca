#!/usr/bin/env node
// Finds the browser that tests of the HTML page use, and installs Debian's chromium if there is none; reports where
// that is not possible.
import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const names = ['chromium', 'chromium-browser', 'google-chrome'];
const folders = [...(process.env.PATH ?? '').split(':'), '/usr/bin', '/snap/bin'];

/** Path of a browser, or undefined. */
export const browser = () =>
  folders.flatMap((folder) => names.map((name) => join(folder, name))).find((path) => existsSync(path));

/** Undefined if a browser was found or installed; otherwise the reason. */
export function ensureBrowser() {
  if (browser()) return undefined;
  if (process.platform !== 'linux') return 'install Chromium or Chrome by hand';
  if (process.getuid?.() !== 0) return 'only root can install: apt-get install chromium';
  process.stderr.write('review tests: apt-get install chromium\n');
  const install = () => apt('install', '-y', '-qq', '--no-install-recommends', 'chromium');
  // The package lists may be missing or outdated; updating them takes longest, so it is only done if the installation
  // failed.
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
  if (missing) process.stderr.write(`review tests: no browser (${missing}); the tests of the HTML page are skipped\n`);
}
