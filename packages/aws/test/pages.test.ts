// Pages are read one after the other, as long as they are consumed.
import { type Page, readPages } from '../src/index.ts';

const list = (...tokens: readonly (string | undefined)[]) => {
  const asked: unknown[] = [];
  return {
    asked,
    read: async (from: object): Promise<Page & { readonly at: number }> => {
      asked.push(from);
      const token = tokens[asked.length - 1];
      return { at: asked.length, ...(token !== undefined && { NextToken: token }) };
    },
  };
};

test('each page is asked for with the token of the one before', async () => {
  const { asked, read } = list('a', 'b');
  const seen: number[] = [];
  for await (const { at } of readPages(read)) seen.push(at);
  expect([seen, asked]).toEqual([
    [1, 2, 3],
    [{}, { NextToken: 'a' }, { NextToken: 'b' }],
  ]);
});

test('an empty token ends the list', async () => {
  const { asked, read } = list('');
  for await (const page of readPages(read)) expect(page.at).toBe(1);
  expect(asked).toHaveLength(1);
});

test('a consumer that stops reads no further page', async () => {
  const { asked, read } = list('a', 'b');
  for await (const { at } of readPages(read)) if (at === 2) break;
  expect(asked).toHaveLength(2);
});
