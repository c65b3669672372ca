// Lints the project's English: Markdown, comments and user-visible sentences. Rules: retext's, and scripts/prose/style.mjs.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import retextEnglish from 'retext-english';
import retextIndefiniteArticle from 'retext-indefinite-article';
import retextRepeatedWords from 'retext-repeated-words';
import { unified } from 'unified';
import { VFile } from 'vfile';
import { style } from './prose/style.mjs';

const root = join(import.meta.dirname, '..');

const patterns = ['*.md', '*.ts', '*.mts', '*.mjs', '*.go', '.github/**/*.yml'];
/** Generated, quoted or foreign text. */
const skipped =
  /(^|\/)(generated|templates|vendor|data|testdata|bad-input|test)\/|^docs\/(errors|kubernetes|corpus|reference\/.*)\.md$|^CHANGELOG\.md$|^scripts\/prose\//;

const processor = unified().use(retextEnglish).use(retextIndefiniteArticle).use(retextRepeatedWords);

/** Text of a Markdown page without code, tables' bars, links and HTML; each line keeps its place. */
function markdownProse(text) {
  const withoutBlocks = text.replace(/^ *(`{3,}|~{3,})[^\n]*\n[\s\S]*?^ *\1[^\n]*$/gm, (block) =>
    block.replace(/[^\n]/g, ' '),
  );
  return withoutBlocks
    .replace(/<!--[\s\S]*?-->|<[^>\n]+>/g, (tag) => tag.replace(/[^\n]/g, ' '))
    .replace(/`[^`\n]*`/g, (code) => 'X'.padEnd(code.length))
    .replace(/\]\([^)\n]*\)/g, (link) => ' '.repeat(link.length))
    .replace(/\|/g, '.')
    .replace(/[*_[\]]/g, ' ');
}

/** Comments of a program, one text for each run of lines, as `{ line, text }`. */
function comments(text) {
  const found = [];
  let last;
  for (const [index, line] of text.split('\n').entries()) {
    const own = /^\s*(?:\/\/|\/\*\*?|\*(?!\/))\s?(.*?)(?:\*\/)?\s*$/.exec(line);
    const trailing = own ? undefined : /\s\/\/ (.*)$/.exec(line.replace(/(['"`])(?:\\.|(?!\1).)*\1/g, "''"));
    const words = (own ?? trailing)?.[1];
    if (words === undefined || /^(?:biome-ignore|go:|@ts-|nolint|eslint)/.test(words)) {
      last = undefined;
      continue;
    }
    if (last && own) last.text += `\n${words}`;
    else {
      last = { line: index + 1, text: words };
      found.push(last);
    }
    if (trailing) last = undefined;
  }
  return found.map((each) => ({ ...each, text: each.text.replace(/`[^`]*`/g, 'X') }));
}

/** Sentences in quotes: at least four words, of which the first has a capital or the text ends with a period. */
function sentences(text) {
  return text.split('\n').flatMap((line, index) =>
    [...line.matchAll(/(['"`])((?:\\.|(?!\1).)*)\1/g)]
      .map((match) => match[2].replace(/\$\{[^}]*\}/g, 'X').replace(/`[^`]*`/g, 'X'))
      .filter((words) => /^[A-Z][a-z]* .*[a-z].* .* /.test(words) || /^[a-z]+ [a-z]+ [a-z]+ .*\.$/.test(words))
      .map((words) => ({ line: index + 1, text: words })),
  );
}

function prose(file, text) {
  if (file.endsWith('.md')) return [{ line: 1, text: markdownProse(text) }];
  if (file.endsWith('.yml')) return [];
  const isSource = /^packages\/\w+\/src\//.test(file);
  return [...comments(text), ...(isSource ? sentences(text) : [])];
}

/** The findings of one piece of prose, as `{ line, message }`. */
export async function check({ line, text }) {
  const found = [];
  for (const { pattern, use } of style) {
    for (const match of text.matchAll(new RegExp(pattern, `${pattern.flags}g`.replace('gg', 'g')))) {
      const at = text.slice(0, match.index + match[0].length - match[0].trimStart().length).split('\n').length - 1;
      found.push({ line: line + at, message: `"${match[0].trim()}": use ${use}` });
    }
  }
  const file = new VFile(text);
  await processor.run(processor.parse(file), file);
  // An article before code is right for the code's own sound.
  const known = file.messages.filter(({ reason }) => !/`X('s)?`/.test(reason));
  for (const message of known) found.push({ line: line + (message.line ?? 1) - 1, message: message.reason });
  return found;
}

/** All findings of the tracked files, as `file:line message`. */
export async function lintProse(names) {
  const files = execFileSync('git', ['ls-files', ...(names.length > 0 ? names : patterns)], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\n')
    .filter((file) => file !== '' && !skipped.test(file));
  const found = [];
  for (const file of files) {
    for (const piece of prose(file, readFileSync(join(root, file), 'utf8')))
      for (const { line, message } of await check(piece)) found.push(`${file}:${line} ${message}`);
  }
  return found;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const found = await lintProse(process.argv.slice(2));
  for (const each of found) process.stderr.write(`${each}\n`);
  if (found.length > 0) process.exitCode = 1;
}
