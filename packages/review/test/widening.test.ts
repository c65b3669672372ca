// Random edits of policies, security groups, launch templates and payloads: a review never says less than small oracles, which know
// nothing of patterns and ranges but try single requests, packets and settings.
import { canonicalJson, type Json } from '@i2kit/common';
import fc from 'fast-check';
import { reviewStack } from '../src/review.ts';
import type { Resource } from '../src/template.ts';

type Resources = Readonly<Record<string, Resource>>;

/** Equal templates have no effect, different ones have one, and a wider one is guarded. */
function expectGuarded(before: Resources, after: Resources, guard: 'rights' | 'network', wider: boolean): void {
  const { effects } = reviewStack({
    stack: 's',
    before: { template: { Resources: before } },
    after: { template: { Resources: after } },
  });
  const differs = canonicalJson(before) !== canonicalJson(after);
  if (effects.length > 0 !== differs)
    throw new Error(differs ? 'a difference without an effect' : 'an effect of nothing');
  if (!wider) return;
  const found = effects.filter((effect) => effect.guard === guard);
  if (found.length === 0) throw new Error(`wider, and not guarded: ${effects.map(({ text }) => text).join('; ')}`);
  if (!found.some(({ text }) => /gains|opens|get|joins|loses its security groups|decides/.test(text)))
    throw new Error(`wider, and told as narrower: ${found.map(({ text }) => text).join('; ')}`);
}

describe('policies', () => {
  interface Statement {
    readonly effect: 'Allow' | 'Deny';
    readonly notAction: boolean;
    readonly actions: readonly string[];
    readonly notResource: boolean;
    readonly resources: readonly string[];
    readonly condition: 'none' | 'mfa' | 'mfa and vpc';
    readonly form: number;
  }
  const few = (...values: readonly string[]) =>
    fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 });
  const statement: fc.Arbitrary<Statement> = fc.record({
    effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
    notAction: fc.boolean(),
    actions: few('*', 's3:*', 's3:Get*', 's3:GetObject', 'S3:getobject', 's3:?utObject', 'iam:PassRole'),
    notResource: fc.boolean(),
    resources: few('*', 'a*', 'a', 'ab', 'a?', 'a??', '?b*', '**', 'A', '*b'),
    condition: fc.constantFrom('none', 'none', 'mfa', 'mfa and vpc'),
    form: fc.nat({ max: 5 }),
  });

  /** As a template may write it; none of the forms changes its meaning. */
  const written = (value: string, form: number): Json =>
    form === 1
      ? { 'Fn::Sub': ['${V}', { V: value }] }
      : form === 2
        ? { 'Fn::Join': ['', [value.slice(0, 1), value.slice(1)]] }
        : value;
  const statementJson = ({ effect, notAction, actions, notResource, resources, condition, form }: Statement): Json => ({
    Effect: effect,
    [notAction ? 'NotAction' : 'Action']: actions.length === 1 && form % 2 === 0 ? (actions[0] ?? '') : actions,
    [notResource ? 'NotResource' : 'Resource']: resources.map((each) => written(each, form)),
    ...(condition !== 'none' && {
      Condition: { Bool: { mfa: 'true' }, ...(condition === 'mfa and vpc' && { StringEquals: { vpc: 'v' } }) },
    }),
  });
  const role = (statements: readonly Statement[], form: number): Resource => {
    const document = { Version: '2012-10-17', Statement: statements.map(statementJson) };
    return {
      Type: 'AWS::IAM::Role',
      Properties: {
        Policies: [{ PolicyName: 'p', PolicyDocument: form === 3 ? JSON.stringify(document) : document }],
      },
    };
  };

  const expressions = new Map<string, RegExp>();
  function matches(pattern: string, text: string): boolean {
    const made = () => new RegExp(`^${pattern.replace(/\*/g, '.*').replace(/\?/g, '.')}$`);
    const expression = expressions.get(pattern) ?? made();
    expressions.set(pattern, expression);
    return expression.test(text);
  }
  const requests = ['s3:getobject', 's3:putobject', 's3:gettags', 'iam:passrole', 'iam:getrole'].flatMap((action) =>
    ['a', 'ab', 'abc', 'b', 'bb', 'A', 'xab'].flatMap((resource) =>
      [[], ['mfa'], ['mfa', 'vpc'], ['vpc']].map((facts) => ({ action, resource, facts })),
    ),
  );
  type Request = (typeof requests)[number];
  const applies = (each: Statement, { action, resource, facts }: Request) =>
    each.actions.some((pattern) => matches(pattern.toLowerCase(), action)) !== each.notAction &&
    each.resources.some((pattern) => matches(pattern, resource)) !== each.notResource &&
    (each.condition === 'none' || facts.includes('mfa')) &&
    (each.condition !== 'mfa and vpc' || facts.includes('vpc'));
  const allows = (statements: readonly Statement[], request: Request) => {
    const found = statements.filter((each) => applies(each, request));
    return found.length > 0 && found.every(({ effect }) => effect === 'Allow');
  };

  test('a request that only the new policy allows', () => {
    let wider = 0;
    fc.assert(
      fc.property(
        fc.array(statement, { maxLength: 3 }),
        fc.array(statement, { maxLength: 3 }),
        fc.integer({ min: 0, max: 3 }),
        fc.nat({ max: 3 }),
        (before, others, kept, form) => {
          const after = [...before.slice(0, kept), ...others];
          const isWider = requests.some((request) => allows(after, request) && !allows(before, request));
          if (isWider) wider++;
          expectGuarded({ R: role(before, 0) }, { R: role(after, form) }, 'rights', isWider);
        },
      ),
      { numRuns: 500 },
    );
    expect(wider).toBeGreaterThan(100);
  });

  test('an edit of one word of a policy', () => {
    fc.assert(
      fc.property(
        fc.array(statement, { minLength: 1, maxLength: 3 }),
        statement,
        fc.nat(),
        fc.nat(),
        (before, other, at, part) => {
          const names = ['effect', 'notAction', 'actions', 'notResource', 'resources', 'condition', 'form'] as const;
          const name = names[part % names.length] ?? 'form';
          const after = before.map((each, index) =>
            index === at % before.length ? { ...each, [name]: other[name] } : each,
          );
          const isWider = requests.some((request) => allows(after, request) && !allows(before, request));
          expectGuarded({ R: role(before, 0) }, { R: role(after, 0) }, 'rights', isWider);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('a function that nobody can follow, around any part of a role', () => {
    const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'a' }] };
    const properties = {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      },
      Policies: [{ PolicyName: 'p', PolicyDocument: document }],
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
    };
    const harmless = ['PolicyName', 'Sid'];
    const wrap = (value: Json, path: readonly string[]): readonly Json[] => {
      const wrapped = [
        { 'Fn::If': ['C', value, value] },
        { 'Fn::Transform': { Name: 'AWS::Include' } },
        { 'Fn::FindInMap': ['a', 'b', 'c'] },
      ];
      const inner = Array.isArray(value)
        ? value.flatMap((each, at) =>
            wrap(each as Json, [...path, `${at}`]).map(
              (changed) => value.map((other, index) => (index === at ? changed : other)) as Json,
            ),
          )
        : typeof value === 'object' && value !== null
          ? Object.entries(value)
              .filter(([key]) => !harmless.includes(key))
              .flatMap(([key, each]) =>
                wrap(each as Json, [...path, key]).map((changed) => ({ ...value, [key]: changed })),
              )
          : [];
      return path.length === 0 ? inner : [...wrapped, ...inner];
    };
    const all = wrap(properties, []);
    expect(all.length).toBeGreaterThan(50);
    for (const changed of all) {
      const after: Resource = { Type: 'AWS::IAM::Role', Properties: changed as NonNullable<Resource['Properties']> };
      expectGuarded({ R: { Type: 'AWS::IAM::Role', Properties: properties } }, { R: after }, 'rights', true);
    }
  });
});

describe('security groups', () => {
  interface Rule {
    readonly protocol: 'tcp' | 'udp' | 'icmp' | 'all';
    readonly from: number;
    readonly to: number;
    readonly peer: string;
    readonly form: number;
  }
  const rule: fc.Arbitrary<Rule> = fc
    .record({
      protocol: fc.constantFrom('tcp', 'tcp', 'udp', 'icmp', 'all'),
      ports: fc.tuple(fc.constantFrom(0, 22, 80, 443), fc.constantFrom(22, 80, 443, 65_535)),
      peer: fc.constantFrom(
        '10.0.0.0/8',
        '10.1.0.0/16',
        '10.9.9.9/8',
        '0.0.0.0/0',
        '10.0.0.1/0',
        '0.0.0.0/1',
        '203.0.113.0/24',
        '::/0',
        '2001:db8::/32',
        '2001:DB8:0:0::/64',
        'sg-1',
        'sg-2',
      ),
      form: fc.nat({ max: 3 }),
    })
    .map(({ ports: [a, b], ...rest }) => ({ ...rest, from: Math.min(a, b), to: Math.max(a, b) }));

  const numbers = { tcp: '6', udp: '17', icmp: '1', all: '-1' } as const;
  const ruleJson = ({ protocol, from, to, peer, form }: Rule, direction: 'in' | 'out'): Json => ({
    IpProtocol: form === 1 ? numbers[protocol] : protocol === 'all' ? (form === 2 ? -1 : '-1') : protocol,
    ...(protocol === 'icmp'
      ? { FromPort: from === 0 ? -1 : 8, ToPort: -1 }
      : protocol === 'all' && form > 1
        ? {}
        : { FromPort: form === 3 ? String(from) : from, ToPort: to }),
    [peer.startsWith('sg-')
      ? direction === 'in'
        ? 'SourceSecurityGroupId'
        : 'DestinationSecurityGroupId'
      : peer.includes(':')
        ? 'CidrIpv6'
        : 'CidrIp']: peer,
  });

  const addresses = ['10.0.0.1', '10.1.0.7', '127.0.0.9', '198.51.100.1', '203.0.113.5'].map((text) =>
    text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0),
  );
  const sources = [...addresses, '2001:db8::1', '2001:db8:5::1', '2620::1', 'sg-1', 'sg-2'];
  /** By hand: which of the sources above each peer has. */
  function admits(peer: string, source: string | number): boolean {
    if (typeof source === 'number') {
      if (peer.includes(':') || peer.startsWith('sg-')) return false;
      const [address = '', bits = ''] = peer.split('/');
      const start = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
      return Math.floor(start / 2 ** (32 - Number(bits))) === Math.floor(source / 2 ** (32 - Number(bits)));
    }
    const known: Readonly<Record<string, readonly string[]>> = {
      '::/0': ['2001:db8::1', '2001:db8:5::1', '2620::1'],
      '2001:db8::/32': ['2001:db8::1', '2001:db8:5::1'],
      '2001:DB8:0:0::/64': ['2001:db8::1'],
    };
    // Members of groups have addresses of version 4.
    if (source.startsWith('sg-') && ['0.0.0.0/0', '10.0.0.1/0'].includes(peer)) return true;
    return peer === source || (known[peer] ?? []).includes(source);
  }
  const packets = ['tcp', 'udp', 'icmp', '50'].flatMap((protocol) =>
    [0, 22, 50, 80, 443, 60_000].flatMap((port) => sources.map((source) => ({ protocol, port, source }))),
  );
  const lets = (rules: readonly Rule[], { protocol, port, source }: (typeof packets)[number]) =>
    rules.some((each) => {
      if (!admits(each.peer, source)) return false;
      if (each.protocol === 'all') return true;
      if (each.protocol !== protocol) return false;
      // Types of ICMP: all, or 8, which stands for port 22 here.
      return protocol === 'icmp' ? each.from === 0 || port === 22 : each.from <= port && port <= each.to;
    });

  type Rules = readonly Rule[];
  const everything: Rules = ['0.0.0.0/0', '::/0', 'sg-1', 'sg-2'].map((peer) => ({
    protocol: 'all',
    from: 0,
    to: 0,
    peer,
    form: 0,
  }));
  const stack = (incoming: Rules, outgoing: Rules | undefined, beside: boolean): Resources => {
    const list = incoming.map((each) => ruleJson(each, 'in'));
    const group: Resource = {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: {
        GroupDescription: 'Machines of Deployment/default/web',
        ...(!beside && { SecurityGroupIngress: list }),
        ...(outgoing && { SecurityGroupEgress: outgoing.map((each) => ruleJson(each, 'out')) }),
      },
    };
    const rules = list.map((each, at): [string, Resource] => [
      `I${at}`,
      { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupId: { Ref: 'G' }, ...(each as object) } },
    ]);
    return { G: group, ...(beside && Object.fromEntries(rules)) };
  };
  /** EC2's default if there is no rule. */
  const effective = (outgoing: Rules | undefined): Rules =>
    outgoing === undefined || outgoing.length === 0 ? everything : outgoing;

  test('a packet that only the new rules let through', () => {
    const rules = fc.array(rule, { maxLength: 3 });
    const egress = fc.option(rules, { nil: undefined, freq: 3 });
    let wider = 0;
    fc.assert(
      fc.property(
        rules,
        rules,
        fc.nat({ max: 3 }),
        egress,
        egress,
        fc.boolean(),
        fc.boolean(),
        (before, others, kept, outBefore, outOther, same, beside) => {
          const after = [...before.slice(0, kept), ...others];
          const outAfter = same ? outBefore : outOther;
          const isWider = packets.some(
            (packet) =>
              (lets(after, packet) && !lets(before, packet)) ||
              (lets(effective(outAfter), packet) && !lets(effective(outBefore), packet)),
          );
          if (isWider) wider++;
          expectGuarded(stack(before, outBefore, false), stack(after, outAfter, beside), 'network', isWider);
        },
      ),
      { numRuns: 500 },
    );
    expect(wider).toBeGreaterThan(100);
  });
});

describe('machines', () => {
  const settings = fc.record({
    profile: fc.constantFrom<Json | undefined>(undefined, { Arn: { 'Fn::GetAtt': ['P', 'Arn'] } }, { Name: 'admin' }),
    tokens: fc.constantFrom<Json | undefined>(undefined, 'required', 'optional'),
    hops: fc.constantFrom<Json | undefined>(undefined, 1, '1', 2, 64),
    key: fc.constantFrom<Json | undefined>(undefined, 'ops', 'mine'),
    groups: fc.subarray(['Own', 'Other', 'sg-1'], { minLength: 1 }),
    address: fc.constantFrom<Json | undefined>(undefined, false, true, 'true', { Ref: 'X' }),
    privileged: fc.boolean(),
    added: fc.subarray(['SYS_ADMIN', 'NET_RAW']),
    dropped: fc.subarray(['ALL', 'CHOWN']),
    seccomp: fc.constantFrom<Json | undefined>(undefined, 'Unconfined'),
    user: fc.constantFrom<Json | undefined>(undefined, 0, 1000),
    nonRoot: fc.boolean(),
    flags: fc.subarray(['hostIPC', 'shareProcessNamespace']),
    sysctl: fc.constantFrom<Json | undefined>(undefined, '1', '2'),
    code: fc.nat({ max: 8 }),
  });
  type Settings = typeof settings extends fc.Arbitrary<infer T> ? T : never;

  const defined = (values: Readonly<Record<string, Json | undefined>>): Readonly<Record<string, Json>> =>
    Object.fromEntries(Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));

  function launch(from: Settings): Resource {
    const security = defined({
      privileged: from.privileged || undefined,
      addCapabilities: from.added.length > 0 ? from.added : undefined,
      dropCapabilities: from.dropped.length > 0 ? from.dropped : undefined,
      seccomp: from.seccomp,
      user: from.user,
      nonRoot: from.nonRoot || undefined,
    });
    const pod = {
      containers: [{ name: 'w', image: 'i', security }],
      ...Object.fromEntries(from.flags.map((name) => [name, true])),
      ...(from.sysctl !== undefined && { sysctls: [{ name: 'net.core.somaxconn', value: from.sysctl }] }),
    };
    const document = JSON.stringify({ apiVersion: 'i2kit.dev/agent/v1', logs: 'l', pod });
    // The last form is code that nobody can read.
    const text: Json = from.code === 8 ? `#!${document}` : { 'Fn::Join': ['', [document]] };
    return {
      Type: 'AWS::EC2::LaunchTemplate',
      Metadata: { 'i2kit:origin': 'Deployment/default/web' },
      Properties: {
        LaunchTemplateData: defined({
          IamInstanceProfile: from.profile,
          KeyName: from.key,
          MetadataOptions: defined({ HttpTokens: from.tokens, HttpPutResponseHopLimit: from.hops }),
          NetworkInterfaces: [
            defined({
              DeviceIndex: 0,
              AssociatePublicIpAddress: from.address,
              Groups: from.groups.map((each) => (each.startsWith('sg-') ? each : { Ref: each })),
            }),
          ],
          UserData: { 'Fn::Base64': text },
        }),
      },
    };
  }
  const group = (object: string): Resource => ({
    Type: 'AWS::EC2::SecurityGroup',
    Metadata: { 'i2kit:origin': object },
    Properties: { SecurityGroupEgress: [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }] },
  });
  const stack = (from: Settings): Resources => ({
    Own: group('Deployment/default/web'),
    Other: group('Deployment/default/db'),
    P: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'R' }] } },
    T: launch(from),
  });

  /** What a machine may do, as a set: it widens if the set has something new. */
  function powersOf(from: Settings): ReadonlySet<string> {
    const data = launch(from).Properties?.['LaunchTemplateData'] as { readonly [key: string]: Json };
    if (from.code === 8) return new Set([...machinePowers(from), `code ${canonicalJson(data['UserData'])}`]);
    return new Set([
      ...machinePowers(from),
      ...(from.privileged ? ['privileged'] : []),
      ...from.added.map((each) => `capability ${each}`),
      ...(from.seccomp === 'Unconfined' ? ['seccomp'] : []),
      ...from.flags,
      ...(from.sysctl === undefined ? [] : [`sysctl ${String(from.sysctl)}`]),
    ]);
  }
  const machinePowers = (from: Settings): readonly string[] => [
    ...(from.profile === undefined ? [] : [`profile ${canonicalJson(from.profile)}`]),
    ...(from.key === undefined ? [] : [`key ${String(from.key)}`]),
    ...(from.tokens === 'required' ? [] : ['metadata without tokens']),
    ...[1, 2, 64, 1000]
      .filter((distance) => distance <= Number(from.hops ?? 1000))
      .map((distance) => `metadata at ${distance}`),
  ];
  const restrictionsOf = (from: Settings): readonly string[] => [
    ...(from.nonRoot ? ['not root'] : []),
    ...(from.user === 1000 ? ['a user'] : []),
    ...(from.dropped.includes('ALL') ? ['ALL', 'CHOWN'] : from.dropped),
  ];

  test('a power that only the new settings have', () => {
    let wider = 0;
    fc.assert(
      fc.property(settings, settings, fc.array(fc.nat(), { minLength: 1, maxLength: 3 }), (before, other, edits) => {
        const names = Object.keys(before) as (keyof Settings)[];
        const changed = edits.map((at) => names[at % names.length] ?? 'code');
        const after: Settings = { ...before, ...Object.fromEntries(changed.map((name) => [name, other[name]])) };
        const [had, has] = [powersOf(before), powersOf(after)];
        const lost =
          before.code !== 8 &&
          after.code !== 8 &&
          restrictionsOf(before).some((each) => !restrictionsOf(after).includes(each));
        const rights = lost || [...has].some((power) => !had.has(power));
        if (rights) wider++;
        expectGuarded(stack(before), stack(after), 'rights', rights);
        const isPublic = ({ address }: Settings) => address !== undefined && address !== false;
        const network =
          after.groups.some((each) => !before.groups.includes(each)) ||
          (isPublic(after) && !isPublic(before)) ||
          (before.address === false && after.address === undefined);
        expectGuarded(stack(before), stack(after), 'network', network);
      }),
      { numRuns: 400 },
    );
    expect(wider).toBeGreaterThan(100);
  });
});
