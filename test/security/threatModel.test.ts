// docs/security.md names a test for each defence; each of them exists.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = new URL('../..', import.meta.url).pathname;

interface NamedTest {
  readonly file: string;
  readonly name: string;
}

const rowsOf = (page: string): readonly string[] => page.split('\n').filter((line) => /^\| (?!Way \|)/.test(line));

const namedTests = (page: string): readonly NamedTest[] =>
  [...page.matchAll(/`([\w./-]+)`: "([^"]+)" \|$/gm)].map(([, file = '', name = '']) => ({ file, name }));

/** A test of jest by its quoted name in a call, one of Go by its function. */
function exists({ file, name }: NamedTest): boolean {
  const path = join(root, file);
  if (!existsSync(path)) return false;
  const text = readFileSync(path, 'utf8');
  if (file.endsWith('_test.go')) return new RegExp(`^func ${name}\\(t \\*testing\\.T\\)`, 'm').test(text);
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`\\(\\s*(['"\`])${escaped}\\1,`).test(text);
}

const page = readFileSync(join(root, 'docs/security.md'), 'utf8');

test('a test that does not exist is seen', () => {
  const file = 'test/security/threatModel.test.ts';
  expect(exists({ file, name: 'a test that does not exist is seen' })).toBe(true);
  expect(exists({ file, name: 'a test that nobody wrote' })).toBe(false);
  expect(exists({ file: 'packages/agent/internal/firewall/firewall_test.go', name: 'TestNothing' })).toBe(false);
  expect(exists({ file: 'test/none.test.ts', name: 'none' })).toBe(false);
});

test('each defence of docs/security.md has a test that exists', () => {
  const named = namedTests(page);
  expect(rowsOf(page).length).toBe(named.length);
  expect(named.length).toBeGreaterThan(35);
  expect(named.filter((each) => !exists(each))).toEqual([]);
});

test('each attacker of the threat model has a section', () => {
  const sections = [...page.matchAll(/^## (.+)$/gm)].map(([, title]) => title);
  expect(sections).toEqual([
    'A malicious pull request',
    'A registry',
    'A stolen CI token',
    'A neighbour in the VPC',
    'A broken-into container',
    'A lost laptop',
  ]);
});
