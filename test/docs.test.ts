// Checks the documentation: generated pages are current, quoted commands print what is quoted, links resolve.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stalePages } from '../scripts/docs.mjs';
import { ensureBuilt } from '../scripts/fresh.mjs';

await ensureBuilt();

const root = new URL('..', import.meta.url).pathname;
test('generated pages are current (renew them with `npm run docs`)', async () => {
  expect((await stalePages()).map(([name]: readonly string[]) => name)).toEqual([]);
});

const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** The texts of a page's fenced blocks in one language. */
const blocks = (page: string, language: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, text = '']) => text);

/** A command and the lines quoted below it. */
const quotedIn = (page: string) =>
  blocks(page, 'console').flatMap((block) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map((part) => ({ command: part.slice(0, part.indexOf('\n')), output: part.slice(part.indexOf('\n') + 1) })),
  );

/** `…` on a line of its own stands for any lines, within a line for any text. */
function pattern(output: string): RegExp {
  const lines = output
    .split('\n')
    .map((line) => (line === '…' ? '(?:.*\\n)*?' : `${line.split('…').map(escaped).join('.*')}\\n`));
  return new RegExp(`^${lines.slice(0, -1).join('')}$`);
}
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

describe.each(['README.md', 'docs/review.md'])('commands quoted in %s print what is quoted', (name) => {
  const page = readFileSync(join(root, name), 'utf8');
  const quoted = quotedIn(page);
  const separator = '\u0001';
  const folder = mkdtempSync(join(tmpdir(), 'i2kit-docs-'));
  let printed: readonly string[] = [];

  // All commands run in one shell, in a folder that looks like the checkout.
  beforeAll(() => {
    cpSync(join(root, 'examples'), join(folder, 'examples'), { recursive: true });
    symlinkSync(join(root, 'packages'), join(folder, 'packages'));
    const script = [
      'exec 2>&1',
      'shopt -s expand_aliases',
      // Other pages use the alias of the README.
      ...blocks(readme, 'sh'),
      ...(page === readme ? [] : blocks(page, 'sh')),
      ...quoted.map(({ command }) => `${command}\nprintf '${separator}'`),
    ];
    const env = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !/^(I2KIT_|NODE_OPTIONS|FORCE_COLOR)/.test(name)),
    );
    const { stdout } = spawnSync('bash', ['-c', script.join('\n')], { cwd: folder, encoding: 'utf8', env });
    printed = stdout.split(separator);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(quoted.map(({ command, output }, index) => [command, output, index] as const))('%s', (_, output, index) => {
    if (!pattern(output).test(printed[index] ?? '')) expect(printed[index]).toBe(output);
  });

  test('and there is something to quote', () => {
    expect(quoted.length).toBeGreaterThan(2);
  });
});

const pages = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'examples/README.md', 'bench/README.md'].concat(
  readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
);

test('the README is short', () => {
  expect(readme.split('\n').length).toBeLessThanOrEqual(200);
});

test.each(pages)('links of %s lead to a file, and to an anchor of it', (page) => {
  const text = readFileSync(join(root, page), 'utf8');
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !link.startsWith('http'));
  const broken = links.filter((link) => {
    const [file = '', anchor] = link.split('#');
    const target = file === '' ? join(root, page) : join(root, dirname(page), file);
    return !existsSync(target) || (anchor !== undefined && !anchors(readFileSync(target, 'utf8')).has(anchor));
  });
  expect(broken).toEqual([]);
});

/** Anchors: headings as GitHub names them, and explicit ones. */
function anchors(text: string): ReadonlySet<string> {
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
  return new Set([...headings, ...[...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id)]);
}
