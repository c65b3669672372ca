// The HTML page of a review in a browser, on a desktop and on a telephone, light and dark: readable, reachable by
// keyboard, and self-contained.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { browser as installed } from '../../packages/review/scripts/browser.mjs';
import { createFolder, type WorkingFolder } from '../fixtures/cli.ts';

const { chromium } = createRequire(import.meta.url)('playwright-core') as typeof import('playwright-core');
const { source: axe } = createRequire(import.meta.url)('axe-core') as { readonly source: string };

const path = installed();
if (!path) process.stderr.write('SKIPPED for want of a browser: node packages/review/scripts/browser.mjs\n');
const describeWithBrowser = path ? describe : describe.skip;

let folder: WorkingFolder;
let browser: Browser;

beforeAll(async () => {
  if (!path) return;
  browser = await chromium.launch({ executablePath: path, args: ['--no-sandbox'] });
  folder = createFolder('http://127.0.0.1:9', 'voting');
  const save = async (name: string, against: string) =>
    writeFileSync(
      join(folder.cwd, name),
      (await folder.run('diff', '-f', '.', '--against', against, '-o', 'html')).stdout,
    );
  folder.write('nothing/.keep', '');
  await save('large.html', 'nothing');
  await folder.run('synth', '-f', '.', '-d', 'out');
  folder.edit('vote.yaml', 'replicas: 3', 'replicas: 5');
  folder.edit('vote.yaml', 'port: 80,', 'port: 81,');
  folder.edit('db.yaml', '20Gi', '30Gi');
  await save('small.html', 'out');
});
afterAll(async () => {
  await browser?.close();
  folder?.remove();
});

/** The page, and the requests that it made. */
async function openPage(
  name: string,
  width: number,
  colorScheme: 'light' | 'dark',
): Promise<{ readonly page: Page; readonly requests: readonly string[] }> {
  const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
  const url = `file://${join(folder.cwd, name)}`;
  const requests: string[] = [];
  page.on('request', (request) => request.url() !== url && requests.push(request.url()));
  await page.goto(url);
  return { page, requests };
}

const pageVariants = ['small.html', 'large.html'].flatMap((name) =>
  [1280, 390].flatMap((width) => (['light', 'dark'] as const).map((scheme) => [name, width, scheme] as const)),
);

describeWithBrowser('the page of a review', () => {
  test.each(pageVariants)('%s at %i pixels, %s', async (name, width, scheme) => {
    const { page, requests } = await openPage(name, width, scheme);
    await page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true");
    await page.evaluate(axe);
    const violations = await page.evaluate(
      'axe.run().then(({ violations, passes }) => ({ passes: passes.length, wrong: violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]) }))',
    );
    expect(violations).toEqual({ passes: expect.any(Number), wrong: [] });
    expect((violations as { readonly passes: number }).passes).toBeGreaterThan(10);
    expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0);
    expect(requests).toEqual([]);
    const ground = await page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(ground).toBe(scheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(13, 17, 23)');
    await page.close();
  });

  test('axe sees what is wrong: it is not asked in vain', async () => {
    const { page } = await openPage('small.html', 1280, 'light');
    await page.evaluate("document.querySelector('.verdict').style.color = '#eee'");
    await page.evaluate(axe);
    expect(await page.evaluate('axe.run().then(({ violations }) => violations.map(({ id }) => id))')).toContain(
      'color-contrast',
    );
    await page.close();
  });

  test('the keyboard opens details and moves the diagram', async () => {
    const { page } = await openPage('small.html', 390, 'light');
    const focused = () => page.evaluate('document.activeElement.tagName');
    const tabTo = async (tag: string) => {
      for (let steps = 0; steps < 40; steps += 1) {
        await page.keyboard.press('Tab');
        if ((await focused()) === tag) return;
      }
      throw new Error(`no ${tag} can be reached`);
    };
    await tabTo('SUMMARY');
    const open = () => page.evaluate('document.activeElement.parentElement.open');
    const before = await open();
    await page.keyboard.press('Enter');
    expect(await open()).toBe(!before);
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
    await tabTo('FIGURE');
    await page.keyboard.press('ArrowRight');
    // The page's own policy forbids the script by which waitForFunction polls.
    while (!(await page.evaluate('document.activeElement.scrollLeft > 0'))) await page.waitForTimeout(20);
    await page.close();
  });

  test('a script that came with a name would not run', async () => {
    const { page } = await openPage('small.html', 1280, 'light');
    await page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran = true\">')");
    await page.waitForTimeout(100);
    expect(await page.evaluate('window.ran')).toBeUndefined();
    await page.close();
  });
});
