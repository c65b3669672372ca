// What is shown of a review, of outputs, and of the command that resumes.

import { failure } from '@i2kit/common';
import { resourceOriginsIn } from '../../src/aws/resourceOrigins.ts';
import { outputsText } from '../../src/aws/table.ts';
import type { Io } from '../../src/io.ts';
import { typedCommand } from '../../src/output/interrupt.ts';
import { readReviewFile } from '../../src/review/file.ts';

test('what comes from AWS cannot move the cursor', () => {
  expect(outputsText({ Url: 'http://\u001b[2J', A: 'b' })).toBe('A    b\nUrl  http://\\u001b[2J\n');
});

test('the command that resumes is the one that was typed', () => {
  expect(typedCommand({ argv: ['apply', '-f', 'my manifests/', '--app', "it's"] } as unknown as Io)).toBe(
    "i2kit apply -f 'my manifests/' --app 'it'\\''s'",
  );
});

test('a template that is not ours has no origins, and a file that is no review is said to be none', () => {
  expect([resourceOriginsIn('Resources: {}'), resourceOriginsIn('{}')]).toEqual([{}, {}]);
  const io = (text: string) => ({ cwd: '/', files: { readFileSync: () => text } }) as unknown as Io;
  expect(readReviewFile(io('{"version":1,"kind":"unchanged","stackName":"a"}'), 'r')).toHaveProperty('value.review');
  expect(readReviewFile(io('[]'), 'r')).toEqual(failure({ message: 'r is not a review written by --save-review.' }));
  expect(readReviewFile(io('{'), 'r')).toHaveProperty('ok', false);
});
