// Policies in every form that CloudFormation takes: what cannot be read or compared counts as wider.
import type { Json } from '@i2kit/common';
import { reviewStack } from '../src/review.ts';
import type { Resource, Template } from '../src/template.ts';

type Resources = Readonly<Record<string, Resource>>;

const linesOf = (before: Resources, after: Resources, more: Partial<Template> = {}): readonly string[] =>
  reviewStack({
    stack: 's',
    before: { template: { ...more, Resources: before } },
    after: { template: { ...more, Resources: after } },
  }).effects.map(({ verb, text, guard }) => `${verb} ${text}${guard ? ` [${guard}]` : ''}`);

const isGuarded = (before: Resource, after: Resource): boolean =>
  linesOf({ R: before }, { R: after }).some((line) => line.endsWith('[rights]'));

const role = (Properties: NonNullable<Resource['Properties']>): Resource => ({ Type: 'AWS::IAM::Role', Properties });
const withDocument = (PolicyDocument: Json): Resource => role({ Policies: [{ PolicyName: 'p', PolicyDocument }] });
const withStatements = (...Statement: readonly Json[]): Resource => withDocument({ Version: '2012-10-17', Statement });
const allow = (more: Readonly<Record<string, Json>>): Json => ({ Effect: 'Allow', Action: 's3:GetObject', ...more });
const deny = (more: Readonly<Record<string, Json>>): Json => ({ Effect: 'Deny', Action: 's3:GetObject', ...more });
const all: Json = { Effect: 'Allow', Action: '*', Resource: '*' };
const narrow: Json = allow({ Resource: 'arn:aws:s3:::a/*' });

test.each<[string, Resource]>([
  ['a function around a statement', withStatements(narrow, { 'Fn::Select': [0, [all]] })],
  ['a condition around a statement', withStatements(narrow, { 'Fn::If': ['C', all, { Ref: 'AWS::NoValue' }] })],
  ['a function around the statements', withDocument({ Statement: { 'Fn::Split': [',', 'a'] } })],
  ['a function around the document', withDocument({ 'Fn::If': ['C', { Statement: [all] }, { Statement: [] }] })],
  ['a function around the policies', role({ Policies: { 'Fn::If': ['C', [], []] } })],
  ['a transform', withStatements(narrow, { 'Fn::Transform': { Name: 'AWS::Include' } })],
  ['a transform beside the policies', role({ Policies: [], 'Fn::Transform': { Name: 'AWS::Include' } })],
  ['a document as a text', withDocument(JSON.stringify({ Version: '2012-10-17', Statement: [all] }))],
  [
    'a text with equal keys',
    withDocument('{"Statement":[],"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'),
  ],
  ['a document that is joined', withDocument({ 'Fn::Join': ['', ['{', '}']] })],
  ['an element with another spelling', withStatements(narrow, { ...(all as object), effect: 'Allow' })],
  ['an effect that is computed', withStatements(narrow, { Effect: { Ref: 'X' }, Action: '*', Resource: '*' })],
  ['a version that nobody knows', withDocument({ Version: '2030-01-01', Statement: [narrow] })],
  ['an element of a policy that nobody knows', role({ Policies: [{ PolicyName: 'p', Policy: 'x' }] })],
  ['a property of the role that nobody knows', role({ Policies: [], Grants: 'x' })],
  ['a list of managed policies that is computed', role({ ManagedPolicyArns: { 'Fn::Split': [',', 'a'] } })],
])('%s is guarded when it comes', (_, after) => {
  expect(isGuarded(withStatements(narrow), after)).toBe(true);
});

test('a part that cannot be read may be a denial: it is guarded when it goes', () => {
  expect(isGuarded(withStatements(narrow, { 'Fn::If': ['C', all, all] }), withStatements(narrow))).toBe(true);
  expect(
    isGuarded(
      withStatements(narrow, { 'Fn::If': ['C', all, all] }),
      withStatements({ 'Fn::If': ['C', all, all] }, narrow),
    ),
  ).toBe(false);
});

test.each<[string, readonly Json[], readonly Json[], boolean]>([
  ['a document as a text that allows less', [narrow], [], false],
  ['question marks for stars', [allow({ Resource: 'logs-????' })], [allow({ Resource: 'logs-****' })], true],
  ['a star for question marks', [allow({ Resource: 'logs-*' })], [allow({ Resource: 'logs-????' })], false],
  ['a star at the start', [allow({ Resource: 'a*' })], [allow({ Resource: '*a*' })], true],
  ['a pattern within a pattern', [allow({ Resource: 'a*c*' })], [allow({ Resource: 'ab?c*d' })], false],
  ['another case of a resource', [allow({ Resource: 'Logs' })], [allow({ Resource: 'logs' })], true],
  [
    'another case of an action',
    [allow({ Action: 's3:*', Resource: 'a' })],
    [allow({ Action: 'S3:getobject', Resource: 'a' })],
    false,
  ],
  [
    'another value of a variable',
    [allow({ Resource: { 'Fn::Sub': ['arn:aws:s3:::${B}/*', { B: 'data' }] } })],
    [allow({ Resource: { 'Fn::Sub': ['arn:aws:s3:::${B}/*', { B: '*' }] } })],
    true,
  ],
  [
    'the same text in another form',
    [allow({ Resource: { 'Fn::Sub': ['arn:aws:s3:::${B}/*', { B: 'data' }] } })],
    [allow({ Resource: { 'Fn::Join': ['', ['arn:aws:s3:::', 'data', '/*']] } })],
    false,
  ],
  ['a reference for the text of it', [allow({ Resource: '${B}' })], [allow({ Resource: { Ref: 'B' } })], true],
  [
    'a variable of the request under another version',
    [allow({ Resource: 'home/${aws:username}' })],
    [allow({ Resource: 'home/*' })],
    true,
  ],
  ['all but fewer resources', [allow({ NotResource: ['a', 'b'] })], [allow({ NotResource: ['a'] })], true],
  ['all but more resources', [allow({ NotResource: ['a'] })], [allow({ NotResource: ['a', 'b'] })], false],
  ['all but one resource for all others', [allow({ NotResource: ['a'] })], [allow({ Resource: 'b' })], false],
  ['all but one resource for that one', [allow({ NotResource: ['a*'] })], [allow({ Resource: 'ab' })], true],
  ['all but one resource for a pattern', [allow({ NotResource: ['a*'] })], [allow({ Resource: '*b' })], true],
  ['a denial of all but more resources', [deny({ NotResource: ['a'] })], [deny({ NotResource: ['a', 'b'] })], true],
  ['a denial of all but fewer resources', [deny({ NotResource: ['a', 'b'] })], [deny({ NotResource: ['a'] })], false],
  [
    'all but fewer actions',
    [{ Effect: 'Allow', NotAction: ['iam:*', 'sts:*'], Resource: '*' }],
    [{ Effect: 'Allow', NotAction: ['iam:*'], Resource: '*' }],
    true,
  ],
  ['a wider denial', [deny({ Resource: 'a*' }), narrow], [deny({ Resource: '*' }), narrow], false],
  [
    'a part more of a condition',
    [allow({ Resource: 'a', Condition: { Bool: { x: 'true' } } })],
    [allow({ Resource: 'a', Condition: { Bool: { x: 'true', y: 'true' } } })],
    false,
  ],
  [
    'a part less of a condition',
    [allow({ Resource: 'a', Condition: { Bool: { x: 'true', y: 'true' } } })],
    [allow({ Resource: 'a', Condition: { Bool: { x: 'true' } } })],
    true,
  ],
  [
    'no value for a condition',
    [allow({ Resource: 'a', Condition: { Bool: { x: 'true' } } })],
    [allow({ Resource: 'a', Condition: { Ref: 'AWS::NoValue' } })],
    true,
  ],
])('%s', (_, before, after, wider) => {
  expect(isGuarded(withStatements(...before), withStatements(...after))).toBe(wider);
});

test('a document as a text is read', () => {
  const text = (value: Json) => withDocument(JSON.stringify({ Version: '2012-10-17', Statement: [value] }, null, 2));
  expect(isGuarded(withStatements(narrow), text(narrow))).toBe(false);
  expect(linesOf({ R: text(narrow) }, { R: text(all) })).toEqual(['UPDATE gains * on everything [rights]']);
});

test('an older version has no variables of requests', () => {
  const document = (Version: string) =>
    withDocument({ Version, Statement: [allow({ Resource: 'home/${aws:username}' })] });
  expect(isGuarded(document('2008-10-17'), document('2012-10-17'))).toBe(true);
});

test('a parameter in a text is its value', () => {
  const change = (value: string) => ({
    template: {
      Parameters: { Bucket: { Type: 'String', Default: value } },
      Resources: { R: withStatements(allow({ Resource: { 'Fn::Sub': 'arn:aws:s3:::${Bucket}/*' } })) },
    },
  });
  const { effects } = reviewStack({ stack: 's', before: change('data'), after: change('*') });
  expect(effects.map(({ text, guard }) => [text, guard])).toEqual([
    ['gains s3:GetObject on arn:aws:s3:::*/*', 'rights'],
  ]);
});

describe('trust', () => {
  const trust = (...Statement: readonly Json[]) =>
    role({ AssumeRolePolicyDocument: { Version: '2012-10-17', Statement } });
  const ec2 = (more: Readonly<Record<string, Json>>): Json => ({
    Effect: 'Allow',
    Principal: { Service: 'ec2.amazonaws.com' },
    Action: 'sts:AssumeRole',
    ...more,
  });
  test.each<[string, Json, boolean]>([
    ['another action', ec2({ Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'] }), true],
    ['everyone', ec2({ Principal: '*' }), true],
    ['everyone, by type', ec2({ Principal: { AWS: '*' } }), true],
    ['the same name of another type', ec2({ Principal: { AWS: 'ec2.amazonaws.com' } }), true],
    ['all but one', { Effect: 'Allow', NotPrincipal: { AWS: 'x' }, Action: 'sts:AssumeRole' }, true],
    ['nobody named', { Effect: 'Allow', Action: 'sts:AssumeRole' }, true],
    ['a list of one', ec2({ Principal: { Service: ['ec2.amazonaws.com'] } }), false],
    ['under a condition', ec2({ Condition: { Bool: { x: 'true' } } }), false],
  ])('%s', (_, after, wider) => {
    expect(isGuarded(trust(ec2({})), trust(after))).toBe(wider);
  });
});

describe('other resources', () => {
  const document = { Version: '2012-10-17', Statement: [narrow] };
  const policy = (more: Readonly<Record<string, Json>>): Resource => ({
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: { PolicyDocument: document, ...more },
  });
  const topic: Resource = { Type: 'AWS::SNS::Topic' };

  test('a policy that is attached to one more role', () => {
    expect(linesOf({ P: policy({ Roles: ['a'] }) }, { P: policy({ Roles: ['a', 'b'] }) })).toEqual([
      'UPDATE gains an attachment to b [rights]',
    ]);
  });

  test('a new policy of an existing role, and one that denied', () => {
    expect(linesOf({ topic }, { topic, P: policy({ Roles: ['a'] }) })).toEqual([
      'CREATE policy; may use s3; new in this stack: s3:GetObject on arn:aws:s3:::a/* and an attachment to a [rights]',
    ]);
    const denying = { ...policy({}), Properties: { PolicyDocument: { Statement: [deny({ Resource: 'a' })] } } };
    expect(linesOf({ topic, P: denying }, { topic })).toEqual([
      'DESTROY policy; no longer in force: s3:GetObject on a [rights]',
    ]);
    expect(linesOf({ topic, P: policy({}) }, { topic })).toEqual(['DESTROY policy']);
  });

  test.each([
    'AWS::IAM::AccessKey',
    'AWS::IAM::UserToGroupAddition',
    'AWS::Lambda::Permission',
    'AWS::SecretsManager::ResourcePolicy',
  ])('a new %s', (Type) => {
    expect(linesOf({ topic }, { topic, X: { Type, Properties: { A: 'x' } } })[0]).toMatch(/^CREATE .*\[rights\]$/);
  });

  test('a policy that is a property', () => {
    const key = (KeyPolicy: Json | undefined): Resource => ({
      Type: 'AWS::KMS::Key',
      Properties: { Description: 'x', ...(KeyPolicy !== undefined && { KeyPolicy }) },
    });
    expect(linesOf({ K: key(document) }, { K: key({ Version: '2012-10-17', Statement: [all] }) })).toContain(
      'UPDATE key: KeyPolicy gains * on everything [rights]',
    );
    expect(linesOf({ K: key(document) }, { K: key(undefined) })).toContain(
      'UPDATE key: KeyPolicy is removed, and the default of its service applies [rights]',
    );
    expect(linesOf({ K: key(document) }, { K: key({ 'Fn::If': ['C', {}, {}] }) }).join()).toContain('cannot read');
  });

  test('another permissions boundary', () => {
    const bound = (PermissionsBoundary: string) => role({ PermissionsBoundary });
    expect(linesOf({ R: bound('a') }, { R: bound('b') })).toEqual(['UPDATE has another permissions boundary [rights]']);
    expect(linesOf({ R: role({}) }, { R: bound('b') })).toEqual(['UPDATE role: PermissionsBoundary']);
  });
});

describe('template code', () => {
  const queue = (name: Json, more: Partial<Resource> = {}): Resources => ({
    Q: { Type: 'AWS::SQS::Queue', Properties: { QueueName: name }, ...more },
  });
  test.each<[string, Resources, string]>([
    ['a transform', queue({ 'Fn::Transform': { Name: 'AWS::Include' } }), 'a transform in Properties.QueueName'],
    ['a secret', queue('{{resolve:secretsmanager:db}}'), 'the secret or parameter {{resolve:secretsmanager:db}}'],
    [
      'a secret in parts',
      queue({ 'Fn::Join': ['', ['{{reso', 'lve:ssm-secure:/db}}']] }),
      'the secret or parameter {{resolve:ssm-secure:/db}}',
    ],
    ['a condition', queue('a', { Condition: 'Never' }), 'another condition'],
    ['a loop', { ...queue('a'), 'Fn::ForEach::A': ['x', ['1'], {}] as unknown as Resource }, 'it is no plain resource'],
  ])('%s is guarded', (_, after, text) => {
    const lines = linesOf(queue('a'), after);
    expect(lines.find((line) => line.includes(text))).toMatch(/\[rights\]$/);
  });

  test('a transform is guarded in a new stack, too', () => {
    const after = queue({ 'Fn::Transform': { Name: 'AWS::Include' } });
    expect(linesOf({}, after).filter((line) => line.endsWith('[rights]'))).toHaveLength(1);
    expect(linesOf({}, queue('{{resolve:ssm:/a}}')).filter((line) => line.endsWith('[rights]'))).toEqual([]);
  });

  test('another meaning of a condition that decides about a resource', () => {
    const side = (value: string) => ({
      template: { Conditions: { C: { 'Fn::Equals': ['a', value] } }, Resources: queue('a', { Condition: 'C' }) },
    });
    const { effects } = reviewStack({ stack: 's', before: side('a'), after: side('b') });
    expect(effects.map(({ text, guard }) => [text, guard])).toEqual([['template: Conditions', 'rights']]);
  });

  test('a mapping that is read by a key that nobody knows', () => {
    const side = (ami: string, name: string) => ({
      template: {
        Mappings: { M: { a: { x: ami } } },
        Resources: queue({ 'Fn::FindInMap': ['M', { Ref: 'AWS::StackName' }, 'x'] }, { Metadata: { name } }),
      },
    });
    const { effects } = reviewStack({ stack: 's', before: side('1', 'a'), after: side('2', 'b') });
    expect(effects.length).toBeGreaterThan(0);
    expect(JSON.stringify(effects.map(({ changes }) => changes))).toMatch(/"1".*"2"/);
  });
});
