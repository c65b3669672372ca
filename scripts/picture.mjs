// Draws docs/review.png: the HTML review of a small change to examples/voting, in Debian's Chromium.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { ensureBrowser } from '../packages/review/scripts/browser.mjs';

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'i2kit-picture-'));
const edit = (file, from, to) => {
  const path = join(folder, file);
  writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
};

try {
  cpSync(join(root, 'examples/voting'), folder, { recursive: true });
  edit('redis.yaml', 'redis:8.2-alpine', 'redis:8.4-alpine');
  edit('vote.yaml', 'replicas: 3', 'replicas: 5');
  edit('db.yaml', '20Gi', '40Gi');
  const command = [join(root, 'packages/cli/bin/i2kit.js'), 'diff', '-f', '.', '-q', '-o', 'html', '--exit-zero'];
  const { stdout } = spawnSync(process.execPath, [...command, '--against', join(root, 'templates/voting')], {
    cwd: folder,
    encoding: 'utf8',
  });
  writeFileSync(join(folder, 'review.html'), stdout);
  const missing = ensureBrowser();
  if (missing) throw new Error(`There is no browser: ${missing}`);
  const executablePath = execFileSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).trim();
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const page = await browser.newPage({ viewport: { width: 940, height: 700 }, colorScheme: 'light' });
  await page.goto(pathToFileURL(join(folder, 'review.html')).href);
  await page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });
  const diagram = await page.locator('svg').first().boundingBox();
  await page.screenshot({
    path: join(root, 'docs/review.png'),
    fullPage: true,
    clip: { x: 0, y: 0, width: 940, height: Math.round((diagram?.y ?? 700) - 60) },
  });
  await browser.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
