// What machines may do beyond the policies: profiles, metadata, keys, user data and the pod's privileges.
import type { Json } from '@i2kit/common';
import { changeLines } from '../src/render/changeLines.ts';
import { reviewStack } from '../src/review.ts';
import type { Resource } from '../src/template.ts';

type Resources = Readonly<Record<string, Resource>>;
type Properties = Readonly<Record<string, Json>>;

const effectsOf = (before: Resources, after: Resources) =>
  reviewStack({ stack: 's', before: { template: { Resources: before } }, after: { template: { Resources: after } } })
    .effects;
const rightsOf = (before: Resources, after: Resources): readonly string[] =>
  effectsOf(before, after).flatMap(({ text, guard }) => (guard === 'rights' ? [text] : []));

const web = 'Deployment/default/web';
const origin = (object: string) => ({ Metadata: { 'i2kit:origin': object } });
const userData = (pod: Json, more: Properties = {}): Json => ({
  'Fn::Base64': { 'Fn::Join': ['', [JSON.stringify({ apiVersion: 'i2kit.dev/agent/v1', logs: 'l', pod, ...more })]] },
});
const plain = {
  containers: [{ name: 'w', image: 'i', security: { user: 1000, nonRoot: true, dropCapabilities: ['ALL'] } }],
};
const settings: Properties = {
  IamInstanceProfile: { Arn: { 'Fn::GetAtt': ['P', 'Arn'] } },
  MetadataOptions: {
    HttpEndpoint: 'enabled',
    HttpTokens: 'required',
    HttpPutResponseHopLimit: 1,
    InstanceMetadataTags: 'disabled',
  },
  UserData: userData(plain),
};
const launch = (more: Properties = {}, object = web): Resource => ({
  Type: 'AWS::EC2::LaunchTemplate',
  ...origin(object),
  Properties: { LaunchTemplateData: { ...settings, ...more } },
});
const profile = (role: Json, object = web): Resource => ({
  Type: 'AWS::IAM::InstanceProfile',
  ...origin(object),
  Properties: { Roles: [role] },
});
const version = (id: string): Json => ({
  LaunchTemplateId: { Ref: id },
  Version: { 'Fn::GetAtt': [id, 'LatestVersionNumber'] },
});
const group = (LaunchTemplate: Json, more: Properties = {}, object = web): Resource => ({
  Type: 'AWS::AutoScaling::AutoScalingGroup',
  ...origin(object),
  Properties: { DesiredCapacity: '1', LaunchTemplate, ...more },
});
const stack: Resources = {
  P: profile({ Ref: 'R' }),
  Other: profile({ Ref: 'O' }, 'Deployment/default/db'),
  T: launch(),
  G: group(version('T')),
};

test.each<[string, Properties, string]>([
  [
    'another profile',
    { IamInstanceProfile: { Arn: { 'Fn::GetAtt': ['Other', 'Arn'] } } },
    'machines get the instance profile ${Other.Arn}',
  ],
  [
    'a profile outside of the stack',
    { IamInstanceProfile: { Name: 'admin' } },
    'machines get the instance profile admin',
  ],
  [
    'metadata without a token',
    { MetadataOptions: { ...(settings['MetadataOptions'] as object), HttpTokens: 'optional' } },
    'machines get weaker metadata options: HttpTokens optional',
  ],
  [
    'metadata from further away',
    { MetadataOptions: { ...(settings['MetadataOptions'] as object), HttpPutResponseHopLimit: 64 } },
    'machines get weaker metadata options: HttpPutResponseHopLimit 64',
  ],
  ['a key pair', { KeyName: 'mine' }, 'machines get the key pair mine'],
  [
    'user data that is no document',
    { UserData: { 'Fn::Base64': '#!/bin/sh' } },
    'machines get user data that i2kit cannot read',
  ],
  ['a document without a pod', { UserData: userData(null) }, 'machines get user data that i2kit cannot read'],
  [
    'a text that a function puts together',
    {
      UserData: {
        'Fn::Base64': {
          'Fn::Join': ['', ['{"apiVersion":"i2kit.dev/agent/v1","logs":"', { 'Fn::Join': ['', ['x']] }, '","pod":{}}']],
        },
      },
    },
    'machines get user data that i2kit cannot read',
  ],
])('a launch template with %s', (_, more, text) => {
  expect(rightsOf(stack, { ...stack, T: launch(more) })).toEqual([text]);
});

test('metadata options that are gone, or computed', () => {
  const without = rightsOf(stack, { ...stack, T: launch({ MetadataOptions: {} }) }).join();
  expect(without).toContain('HttpTokens not set');
  expect(rightsOf(stack, { ...stack, T: launch({ MetadataOptions: { 'Fn::If': ['C', {}, {}] } }) }).join()).toContain(
    'HttpTokens',
  );
  expect(rightsOf({ ...stack, T: launch({ MetadataOptions: { HttpTokens: 'optional' } }) }, stack)).toEqual([]);
});

test('all settings that cannot be read', () => {
  const T = { ...launch(), Properties: { LaunchTemplateData: { 'Fn::If': ['C', {}, {}] } } };
  expect(rightsOf(stack, { ...stack, T }).join()).toContain('settings that i2kit cannot read: If(');
});

test.each<[string, Resource, string]>([
  [
    'the launch template of another workload',
    group(version('D')),
    'machines get the settings of another launch template',
  ],
  [
    'an older version',
    group({ LaunchTemplateId: { Ref: 'T' }, Version: '1' }),
    'machines get the settings of another launch template',
  ],
  ['a launch template outside of the stack', group({ LaunchTemplateId: 'lt-1', Version: '1' }), 'lt-1'],
  [
    'launch templates by type',
    group(version('T'), {
      MixedInstancesPolicy: { Overrides: [{ LaunchTemplateSpecification: { LaunchTemplateName: 'x' } }] },
    }),
    'x',
  ],
  ['a launch configuration', group(version('T'), { LaunchConfigurationName: 'x' }), 'another launch configuration: x'],
])('a group that starts from %s', (_, after, text) => {
  const before = { ...stack, D: launch({}, 'Deployment/default/db') };
  expect(rightsOf(before, { ...before, G: after }).join()).toContain(text);
});

test('a profile with another role', () => {
  expect(rightsOf(stack, { ...stack, P: profile('admin') })).toEqual(['machines get the role admin']);
});

describe('a new workload', () => {
  const more = 'Deployment/default/new';
  const added = (own: Resources) =>
    rightsOf(stack, {
      ...stack,
      NP: profile({ Ref: 'NR' }, more),
      NR: { Type: 'AWS::IAM::Role' },
      NG: group(version('NT'), {}, more),
      ...own,
    });
  const own = { IamInstanceProfile: { Arn: { 'Fn::GetAtt': ['NP', 'Arn'] } } };

  test('with nothing but its own', () => {
    expect(added({ NT: launch(own, more) })).toEqual([]);
  });
  test.each<[string, Resources, string]>([
    ['the profile of another', { NT: launch({}, more) }, 'machines get the instance profile ${P.Arn}'],
    [
      'a role outside of the stack',
      { NT: launch(own, more), NP: profile('admin', more) },
      'machines get the role admin',
    ],
    [
      'the role of another',
      { NT: launch(own, more), NP: profile({ 'Fn::GetAtt': ['P', 'Arn'] }, more) },
      'machines get the role ${P.Arn}',
    ],
    ['a key pair that nobody had', { NT: launch({ ...own, KeyName: 'k' }, more) }, 'machines get the key pair k'],
    [
      'weak metadata',
      { NT: launch({ ...own, MetadataOptions: { HttpTokens: 'optional', HttpPutResponseHopLimit: 1 } }, more) },
      'machines get weaker metadata options: HttpTokens optional',
    ],
    [
      'user data that nobody can read',
      { NT: launch({ ...own, UserData: 'x' }, more) },
      'machines get user data that i2kit cannot read',
    ],
    [
      'a privileged container',
      {
        NT: launch(
          { ...own, UserData: userData({ containers: [{ name: 'w', security: { privileged: true } }] }) },
          more,
        ),
      },
      'gains privileges: containers[w] privileged',
    ],
  ])('with %s', (_, resources, text) => {
    expect(added(resources)).toEqual([text]);
  });
  test('with the key pair of the app', () => {
    const keyed = { ...stack, T: launch({ KeyName: 'ops' }) };
    const after = { ...keyed, NP: profile({ Ref: 'NR' }, more), NR: { Type: 'AWS::IAM::Role' } };
    expect(rightsOf(keyed, { ...after, NT: launch({ ...own, KeyName: 'ops' }, more) })).toEqual([]);
  });
});

describe('privileges', () => {
  const pod = (security: Properties, more: Properties = {}): Json => ({
    containers: [{ name: 'w', image: 'i', security }],
    ...more,
  });
  const gained = (before: Json, after: Json, more: Properties = {}) =>
    rightsOf(
      { ...stack, T: launch({ UserData: userData(before) }) },
      { ...stack, T: launch({ UserData: userData(after, more) }) },
    );
  const strict = { user: 1000, nonRoot: true, allowPrivilegeEscalation: false, dropCapabilities: ['NET_RAW', 'CHOWN'] };

  test.each<[string, Json, string]>([
    [
      'a dropped capability less',
      pod({ ...strict, dropCapabilities: ['NET_RAW'] }),
      'containers[w] capability CHOWN, no longer dropped',
    ],
    ['root', pod({ ...strict, nonRoot: false }), 'containers[w] may run as root'],
    ['user 0', pod({ ...strict, user: 0 }), "containers[w] runs as the image's user or root"],
    ['escalation', pod({ ...strict, allowPrivilegeEscalation: true }), 'containers[w] privilege escalation'],
    ['the processes of all containers', pod(strict, { shareProcessNamespace: true }), 'shareProcessNamespace'],
    [
      'mounts that reach out',
      {
        containers: [
          { name: 'w', security: strict, mounts: [{ volume: 'v', path: '/m', propagation: 'Bidirectional' }] },
        ],
      },
      'containers[w] mounts that reach the machine at /m',
    ],
    [
      'a device',
      { containers: [{ name: 'w', security: strict, devices: [{ volume: 'v', path: '/dev/x' }] }] },
      'containers[w] device /dev/x',
    ],
  ])('%s', (_, after, text) => {
    expect(gained(pod(strict), after)).toEqual([`gains privileges: ${text}`]);
    expect(gained(after, pod(strict))).toEqual([]);
  });

  test('another endpoint of AWS', () => {
    expect(gained(pod(strict), pod(strict), { endpoint: 'http://x' })).toEqual([
      'gains privileges: AWS endpoint http://x',
    ]);
  });

  test('a Job, whose machine has user data of its own', () => {
    const machine = (security: Properties): Resource => ({
      Type: 'AWS::EC2::Instance',
      ...origin('Job/default/j'),
      Properties: { UserData: userData(pod(security)) },
    });
    expect(rightsOf(stack, { ...stack, J: machine({ privileged: true }) })).toEqual([
      'gains privileges: containers[w] privileged',
    ]);
    const again = rightsOf(
      { ...stack, J: machine({ privileged: true }) },
      { ...stack, K: machine({ privileged: true, user: 7 }) },
    );
    expect(again).toEqual([]);
  });

  test('the ordinals of a StatefulSet are one effect, which names all of them', () => {
    const set = (name: string, security: Properties) => ({
      [name]: launch({ UserData: userData(pod(security)) }, 'StatefulSet/default/s'),
    });
    const all = (security: Properties) => ({ ...stack, ...set('A', security), ...set('B', security) });
    const found = effectsOf(all({}), all({ privileged: true })).filter(({ guard }) => guard === 'rights');
    expect(found.map(({ ids }) => ids)).toEqual([['A', 'B']]);
  });
});

test('a guarded launch template that no group follows still shows what else changes', () => {
  const G = group({ LaunchTemplateId: { Ref: 'T' }, Version: '1' });
  const effects = effectsOf({ ...stack, G }, { ...stack, G, T: launch({ KeyName: 'k', ImageId: 'ami-2' }) });
  expect(effects.flatMap(changeLines)).toContain('+ LaunchTemplateData.ImageId: ami-2');
});
