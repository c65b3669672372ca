// Where a text is cut into documents.
import fc from 'fast-check';
import { lineEndOffsets, splitDocuments, withLineFeeds } from '../../src/1-read/yaml/split.ts';

const split = (text: string) => splitDocuments(text).map(({ start, end }) => text.slice(start, end));

test.each([
  ['one document', 'a: 1\n', ['a: 1\n']],
  ['nothing', '', []],
  ['comments only', '# a\n\n  # b\n', []],
  ['markers only', '---\n---\n...\n---\n', []],
  ['two documents', 'a: 1\n---\nb: 2\n', ['a: 1\n', '---\nb: 2\n']],
  ['a first marker', '---\na: 1\n---\nb: 2', ['---\na: 1\n', '---\nb: 2']],
  ['an empty one between', 'a: 1\n---\n# nothing\n---\nb: 2\n', ['a: 1\n', '---\nb: 2\n']],
  ['content beside the marker', '--- a\n--- # b\n---\tc\n', ['--- a\n', '---\tc\n']],
  ['an end', 'a: 1\n...\nb: 2\n', ['a: 1\n', '\nb: 2\n']],
  ['an end with a comment', 'a: 1\n... # end\n', ['a: 1\n']],
  ['an end with content, left for the reader to refuse', 'a: 1\n... b\n', ['a: 1\n... b\n']],
  ['directives', '%YAML 1.1\n# x\n---\na: 1\n---\nb: 2\n', ['%YAML 1.1\n# x\n---\na: 1\n', '---\nb: 2\n']],
  ['directives after an end', 'a: 1\n...\n%YAML 1.1\n---\nb: 2\n', ['a: 1\n', '\n%YAML 1.1\n---\nb: 2\n']],
  ['four hyphens and indented markers are none', 'a: |\n  ---\n----: 1\n', ['a: |\n  ---\n----: 1\n']],
  ['a marker within quotes is one', 'a: "x\n---\ny"\n', ['a: "x\n', '---\ny"\n']],
  ['a byte order mark', '\ufeff# x\n---\na: 1\n', ['# x\n---\na: 1\n']],
])('%s', (_, text, documents) => {
  expect(split(text)).toEqual(documents);
});

it('loses nothing but what holds nothing', () => {
  const line = fc.constantFrom('---', '...', '# c', '', 'a: 1', '  b', '--- x', '%T', '----');
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const text = lines.map((each) => `${each}\n`).join('');
      const kept = split(text).join('');
      for (const word of ['a: 1', '  b', '--- x', '----'])
        expect(kept.split(word).length).toBe(text.split(word).length);
    }),
  );
});

test('indices of a text and of its form with line feeds only', () => {
  const pieces = fc.array(fc.constantFrom('\r\n', '\n', '\r', 'a', 'bc'));
  fc.assert(
    fc.property(pieces, (parts) => {
      const text = parts.join('');
      const ends = lineEndOffsets(text);
      for (let offset = 0; offset <= text.length; offset++) {
        // Between the two characters of one line end is no place.
        if (text.slice(offset - 1, offset + 1) === '\r\n') continue;
        const short = withLineFeeds(text.slice(0, offset)).length;
        expect([ends.withLineFeeds(offset), ends.original(short)]).toEqual([short, offset]);
      }
    }),
  );
});
