// Progress as lines and as NDJSON.
import { deploy, event, ndjsonLine, plainLines, printable } from '../../src/index.ts';
import { epoch } from '../double/clock.ts';
import { harness, runToEnd } from '../double/harness.ts';
import { deployByOtherTool, input, parts } from '../double/scenarios.ts';

test('terminal escapes and hidden characters are replaced', () => {
  expect(printable('\u001b[31mred\u001b[0m\nnext\u202eback\u0007')).toBe(
    '\\u001b[31mred\\u001b[0m next\\u202eback\\u0007',
  );
});

test('plain lines end with the failure and its root cause', async () => {
  const { it, clients } = harness();
  await deployByOtherTool(it, parts.before);
  const since = clients.clock.now();
  const { events } = await runToEnd(deploy(clients, input(parts.broken)));
  const lines = events.flatMap((each) => plainLines(each, since));
  expect(lines.every((line) => /^\d\d:\d\d prod-shop {2}/.test(line))).toBe(true);
  expect(lines).toContainEqual(
    expect.stringMatching(/error: Api \(AWS::AutoScaling::AutoScalingGroup\) failed: .*planted root cause/),
  );
  expect(lines.at(-1)).toMatch(/The update failed and was rolled back: Api .*planted root cause\.$/);
  expect(lines.join('\n')).not.toContain('debug');
});

test('NDJSON holds each event on one line', async () => {
  const { clients } = harness();
  const { events } = await runToEnd(deploy(clients, input(parts.before)));
  for (const each of events) {
    const line = ndjsonLine(each);
    expect(line).not.toContain('\n');
    expect(JSON.parse(line)).toMatchObject({
      v: 1,
      code: each.code,
      stackName: 'prod-shop',
      data: JSON.parse(JSON.stringify(each.data)),
    });
  }
});

test('diagnostics and hints have lines of their own, a summary one per stack', () => {
  const result = { outcome: 'failed' as const, message: 'It failed.', stackName: 'shop', hint: 'Do this.' };
  expect(plainLines(event('I2K892', epoch + 65_000, 'shop', 'It failed.', result), epoch)).toEqual([
    '01:05 shop  It failed.',
    '01:05 shop  hint: Do this.',
  ]);
  const evidence = event('I2K824', epoch, 'shop', 'Web: 1 lines of diagnostics.', {
    logicalId: 'Web',
    evidence: ['console i-1: panic'],
  });
  expect(plainLines(evidence, epoch)).toEqual([
    '00:00 shop  error: Web: 1 lines of diagnostics.',
    '00:00 shop    | console i-1: panic',
  ]);
  const summary = {
    outcome: 'failed' as const,
    message: '1 failed, 1 skipped',
    stacks: [
      { stackName: 'a', result },
      { stackName: 'b', stoppedBy: 'a' },
    ],
  };
  expect(plainLines(event('I2K899', epoch, '', '1 failed, 1 skipped', summary), epoch)).toEqual([
    '00:00 1 failed, 1 skipped',
    '00:00   a: failed: It failed.',
    '00:00   b: skipped, because of a',
  ]);
});
