// A review as a comment, through a real Markdown parser: no text of a contributor becomes a link, a mention, an
// element or another cell.
import { commentMarker, reviewMarkdown, reviewStack, type StackReview, type Template } from '@i2kit/review';
import fc from 'fast-check';
import { lexer, type Token, type Tokens } from 'marked';

const maliciousStrings = [
  '@everyone',
  'a@example.com',
  '#1',
  'org/repo#12',
  'https://example.com',
  'www.example.com',
  'ftp://example.com/x',
  'mailto:a@example.com',
  '[a](https://example.com)',
  '![a](b)',
  '[a]: b',
  '<b>',
  '<!-- i2kit review -->',
  '</details>',
  '</summary><h1>',
  '<details open>',
  '| a | b |',
  'a\n\n# b',
  'a\r\nb',
  '```',
  '~~~',
  '`code`',
  '**bold**',
  '__bold__',
  '~~gone~~',
  '\\',
  '\\|',
  '&lt;b&gt;',
  '&#64;everyone',
  '\u202eevil',
  '\u2028',
  '$x$',
  ':warning:',
];
const word = fc.oneof(fc.constantFrom(...maliciousStrings), fc.string({ unit: 'binary', maxLength: 30 }));
const name = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(''));

const templateOf = (object: string, values: readonly string[]): Template => ({
  Resources: Object.fromEntries(
    values.map((value, at) => [
      `Thing${at}`,
      { Type: 'AWS::Custom::Thing', Metadata: { 'i2kit:origin': object }, Properties: { [value]: value, Name: value } },
    ]),
  ),
});

const reviewOf = (
  stack: string,
  object: string,
  was: readonly string[],
  is: readonly string[],
  file: string,
): StackReview =>
  reviewStack({
    stack,
    before: { template: templateOf(object, was) },
    after: { template: templateOf(object, is) },
    places: { [object.split('#')[0] ?? '']: { file, line: 1 } },
  });

/** All tokens, down to the leaves. */
const flat = (tokens: readonly Token[]): readonly Token[] =>
  tokens.flatMap((token) => {
    const inner = 'tokens' in token && token.tokens ? token.tokens : [];
    const cells =
      token.type === 'table'
        ? [...token.header, ...token.rows.flat()].flatMap((cell: { tokens: Token[] }) => cell.tokens)
        : [];
    const items = token.type === 'list' ? token.items : [];
    return [token, ...flat([...inner, ...cells, ...items])];
  });

/** The elements that i2kit writes. */
const elements = /^(<!-- i2kit review -->|<\/?sub>|<details><summary>[^<>]*<\/summary>|<\/details>)\s*$/;
const types = new Set([
  'html',
  'heading',
  'space',
  'paragraph',
  'text',
  'strong',
  'em',
  'escape',
  'blockquote',
  'table',
  'code',
  'codespan',
]);

const decoded = (text: string): string =>
  text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));

function expectHarmless(reviews: readonly StackReview[]): void {
  const text = reviewMarkdown(reviews);
  expect(text.split('\n')[0]).toBe(commentMarker);
  expect(text.length).toBeLessThanOrEqual(60_000);
  const tokens = flat(lexer(text));
  expect(tokens.map(({ type }) => type).filter((type) => !types.has(type))).toEqual([]);
  for (const token of tokens) {
    if (token.type === 'html') expect(token.raw.trim()).toMatch(elements);
    // GitHub reads neither mentions nor links in code.
    if (token.type === 'text' || token.type === 'html')
      expect(decoded(token.raw.replace('<!-- i2kit review -->', ''))).not.toMatch(/[@#][\w-]/);
    if (token.type === 'codespan') expect(token.raw).toMatch(/^`(apply|i2kit diff)`$/);
  }
  const tables = tokens.filter((token): token is Tokens.Table => token.type === 'table');
  for (const table of tables) expect(table.rows.every((row) => row.length === 3)).toBe(true);
  if (!text.includes('left out')) {
    const changed = reviews.filter(({ effects }) => effects.length > 0);
    expect(tables.map(({ rows }) => rows.length)).toEqual(changed.map(({ effects }) => effects.length));
  }
}

test('names stay names', () => {
  const values = fc.array(name, { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(name, name, values, values, name, (stack, object, was, is, file) =>
      expectHarmless([reviewOf(stack, object, was, is, file)]),
    ),
    { numRuns: 400 },
  );
});

test.each([
  ['few and long', 3, 40_000],
  ['many and short', 3_000, 10],
  ['many and long', 400, 2_000],
])('whatever the size, it fits: %s', (_, count, length) => {
  const values = Array.from({ length: count }, (__, at) => `${'@<|`'.repeat(length / 4)}${at}`);
  for (const object of ['', '@'.repeat(length)])
    expectHarmless([
      reviewOf('s'.repeat(length), object, [], values, 'f'.repeat(length)),
      reviewOf('t', object, values, [], 'f'),
    ]);
});

test('a parser sees what it is asked for', () => {
  const types = flat(lexer('| a |\n|---|\n| [a](b) <b> www.example.com |')).map(({ type }) => type);
  expect(types).toEqual(expect.arrayContaining(['table', 'link', 'html']));
});
