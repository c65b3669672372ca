// Sentences on a terminal are broken between words; frames, long words and pipes are left alone.
import fc from 'fast-check';
import { wrapText } from '../../src/output/wrapText.ts';

const terminal = (columns: number) => ({ isTTY: true, columns });
const text = [
  'error[I2K701] \u001b[1mworker.yaml:8:9 Deployment/default/worker has no image\u001b[0m',
  '  |',
  '8 |     spec: {containers: [{name: worker, image: "example.com/worker:1", command: [run]}]}',
  '  |            ^^^^^^^^^^',
  '  = hint: name one with --image worker=ami-… or under images in i2kit.yaml',
  '',
].join('\n');

test('a diagnostic, its hint below itself, and its frame as it was', () => {
  expect(wrapText(text, terminal(44)).split('\n')).toEqual([
    'error[I2K701] \u001b[1mworker.yaml:8:9',
    '  Deployment/default/worker has no image\u001b[0m',
    '  |',
    '8 |     spec: {containers: [{name: worker, image: "example.com/worker:1", command: [run]}]}',
    '  |            ^^^^^^^^^^',
    '  = hint: name one with --image worker=ami-…',
    '          or under images in i2kit.yaml',
    '',
  ]);
});

test('nothing is broken in a pipe, nor in a terminal that has no room or does not say', () => {
  for (const output of [{ isTTY: false, columns: 44 }, { isTTY: true }, terminal(10)])
    expect(wrapText(text, output)).toBe(text);
});

test('no line is wider than the terminal unless it is one word, and no word is lost', () => {
  const words = fc.array(fc.stringMatching(/^[a-z:/.-]{1,60}$/), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(words, fc.integer({ min: 40, max: 120 }), (all, columns) => {
      const made = wrapText(all.join(' '), terminal(columns));
      expect(made.split(/\s+/)).toEqual(all);
      for (const line of made.split('\n'))
        expect(line.length <= columns || line.trim().split(' ').length === 1).toBe(true);
    }),
  );
});
