// What commands that change an account ask of it, and what they refuse before they ask.

import { success } from '@i2kit/common';
import { parseDuration } from '../../src/duration.ts';
import { exit } from '../../src/exit.ts';
import type { DesiredStack, SelectedStack } from '../../src/ports/aws.ts';
import { type CommandFixture, i2kit, manifest } from '../harness.ts';

const files = { 'web.yaml': manifest('Deployment', 'web', { zone: 'eu-west-1a' }) };

/** Runs with an account that only notes what it is asked for. */
async function asked(argv: readonly string[], world: CommandFixture = {}) {
  const wanted: (readonly DesiredStack[] | SelectedStack)[] = [];
  const note = async (_: unknown, what: readonly DesiredStack[] | SelectedStack) => {
    wanted.push(what);
    return exit.fine;
  };
  const aws = {
    checkAccount: async () => exit.fine,
    apply: (context: unknown, _: string, what: readonly DesiredStack[]) => note(context, what),
    destroy: note,
    status: note,
    events: note,
    logs: note,
    drift: note,
    history: note,
    rollback: note,
    recover: note,
    cancel: note,
  };
  // Nothing is built here.
  const images = {
    warnMovedTags: async () => exit.fine,
    ensureImages: async () => success({ version: 1 as const }),
  };
  return { ...(await i2kit(argv, { files, ...world, aws, images })), wanted };
}

describe('apply', () => {
  test('hands over a template, its tags, and the lock that changed', async () => {
    const { code, wanted } = await asked(['apply', '-f', 'web.yaml', '--yes', '--region', 'eu-west-1']);
    expect(code).toBe(0);
    expect(wanted).toMatchObject([
      [
        {
          stackName: 'default-shop',
          owner: { env: 'default', app: 'shop' },
          region: 'eu-west-1',
          tags: { 'i2kit:app': 'shop', 'i2kit:env': 'default' },
          dependsOn: ['i2kit-default'],
          files: [{ name: 'i2kit.lock.json' }],
        },
      ],
    ]);
    const [file = undefined] = (wanted as (readonly DesiredStack[])[])[0]?.[0]?.files ?? [];
    const text = typeof file?.content === 'function' ? file.content('') : file?.content;
    expect(text).toContain('"zone": "eu-west-1a"');
  });

  test('is called deploy too, and takes the region of AWS where there is none of ours', async () => {
    const { wanted } = await asked(['deploy', '-f', 'web.yaml', '-y'], { env: { AWS_REGION: 'us-east-1' } });
    expect(wanted).toMatchObject([[{ region: 'us-east-1' }]]);
  });

  test('asks nothing of the account where the input is bad', async () => {
    const { code, wanted, stderr } = await asked(['apply', '-f', 'a.yaml', '--yes'], {
      files: { 'a.yaml': manifest('Deployment', 'a', { say: 'error' }) },
    });
    expect([code, wanted]).toEqual([2, []]);
    expect(stderr).toContain('error[I2K732]');
  });

  test('wants the environment first where that is said', async () => {
    const { wanted } = await asked(['apply', '-f', 'web.yaml', '--yes', '--with-env']);
    expect(wanted).toMatchObject([
      [
        { stackName: 'i2kit-default', owner: { env: 'default' } },
        { stackName: 'default-shop', dependsOn: ['i2kit-default'] },
      ],
    ]);
  });

  test('compiles nothing where there is only a review', async () => {
    expect(await asked(['apply', '--review', 'r.json'])).toMatchObject({ code: 0, wanted: [[]] });
  });

  test.each([
    [['apply', '-f', 'web.yaml'], 'Pass --yes.'],
    [['apply', '-f', 'web.yaml', '--yes', '--timeout', 'soon'], "--timeout takes 90s, 30m or 2h; got 'soon'."],
    [['apply', '-f', 'web.yaml', '--yes', '--progress', 'tre'], 'Did you mean tree?'],
    [['apply', '--review', 'a', '--save-review', 'b'], 'exclude each other'],
    [['apply', '--review', 'a', '--with-env'], 'A saved review is of one existing stack'],
    [['apply', '-f', 'web.yaml', '--save-review', 'a', '--force-redeploy'], 'A saved review is of one existing stack'],
    [['destroy', 'default-shop'], 'Pass --yes.'],
    [['rollback', 'default-shop', '--to', '3'], 'Pass --yes.'],
    [['rollback', 'default-shop', '--yes'], '--to takes a revision'],
    [['history', 'default-shop', '--limit', 'all'], '--limit takes a number'],
    [['env', 'create'], 'Pass --yes.'],
    [['env', 'destroy'], 'Pass --yes.'],
  ])('%j is wrong usage', async (argv, said) => {
    const { code, wanted, stderr } = await asked(argv);
    expect([code, wanted]).toEqual([2, []]);
    expect(stderr).toContain(said);
  });

  test('on a terminal somebody can be asked', async () => {
    expect(await asked(['apply', '-f', 'web.yaml'], { tty: ['stdin', 'stderr'] })).toMatchObject({
      code: 0,
      wanted: [expect.anything()],
    });
  });
});

describe('which stack is meant', () => {
  test.each([
    [['status', 'prod-shop'], {}, 'prod-shop'],
    [['status', '--app', 'shop', '--env', 'prod'], {}, 'prod-shop'],
    [['events', '-f', 'web.yaml'], {}, 'default-shop'],
    [['drift', 'prod-shop'], {}, 'prod-shop'],
    [['history', '-f', 'web.yaml'], {}, 'default-shop'],
    [['rollback', 'prod-shop', '--to', '3', '--yes'], {}, 'prod-shop'],
    [['logs', 'web', '-f', '--app', 'shop'], {}, 'default-shop'],
    [['recover'], { 'i2kit.yaml': 'app: blog\nenv: prod\n' }, 'prod-blog'],
    [['cancel', '-f', 'web.yaml', '--env', 'x'], {}, 'x-shop'],
    [['apply', '-f', 'web.yaml', '--env', 'x', '--cancel'], {}, 'x-shop'],
    [['destroy', '--app', 'shop', '--yes'], {}, 'default-shop'],
    [['env', 'status', '--env', 'prod'], {}, 'i2kit-prod'],
    [['env', 'destroy', '--yes'], {}, 'i2kit-default'],
    [['env', 'create', '--yes'], {}, 'i2kit-default'],
  ])('%j', async (argv, more, stackName) => {
    expect((await asked(argv, { files: { ...files, ...more } })).wanted.flat()).toMatchObject([{ stackName }]);
  });

  test('is said where it cannot be told', async () => {
    const { code, wanted, stderr } = await asked(['status'], { files: {} });
    expect([code, wanted]).toEqual([2, []]);
    expect(stderr).toContain('I2K740');
  });
});

test('lengths of time', () => {
  expect(['90s', '30m', '2h', '0s', '5', 'm', '1d'].map(parseDuration)).toEqual([
    90_000,
    1_800_000,
    7_200_000,
    ...Array(4).fill(undefined),
  ]);
});
