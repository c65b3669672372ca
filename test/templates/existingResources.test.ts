// Existing resources are used and not created: environments and apps, by their templates.
import { compile, environmentTemplate } from '@i2kit/compiler';
import { environmentVariants, lookedUp, variantTemplate } from './environmentVariants.ts';
import { compiled, edge, existingApps } from './existingApps.ts';
import type { Loose } from './invariants.ts';

const template = (name: string): Loose => variantTemplate(environmentVariants[name] as never).template;
const types = (of: Loose): readonly string[] =>
  [...new Set(Object.values(of.Resources).map((each) => (each as Loose).Type as string))].sort();
const handed = (of: Loose): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.values(of.Resources)
      .filter((each) => (each as Loose).Type === 'AWS::SSM::Parameter')
      .map((each) => {
        const { Name, Value } = (each as Loose).Properties;
        const text = (value: Loose): unknown =>
          value['Fn::Join'] ? value['Fn::Join'][1].join(value['Fn::Join'][0]) : value;
        return [text(Name), text(Value)];
      }),
  );

test.each(Object.keys(environmentVariants))('every reference of %s is to something that is there', (name) => {
  const made = template(name);
  const ids = [...Object.keys(made.Resources), ...Object.keys(made.Parameters ?? {})];
  const missing: string[] = [];
  const visit = (value: Loose): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value) as [string, Loose][]) {
      if (key === 'Ref' && !inner.startsWith('AWS::') && !ids.includes(inner)) missing.push(inner);
      else if (key === 'Fn::GetAtt' && !ids.includes(inner[0])) missing.push(inner[0]);
      else if (key === 'DependsOn') missing.push(...inner.filter((id: string) => !ids.includes(id)));
      visit(inner);
    }
  };
  visit(made);
  expect(missing).toEqual([]);
});

test('where everything is there, names and the hand-over alone are made', () => {
  const made = template('everything');
  expect(types(made)).toEqual(['AWS::Route53::HostedZone', 'AWS::SSM::Parameter']);
  expect(made.Parameters).toBeUndefined();
  expect(handed(made)).toEqual({
    '/i2kit/default/vpc-id': 'vpc-00000000000000001',
    '/i2kit/default/members': 'sg-00000000000000001',
    '/i2kit/default/subnets/private': 'subnet-00000000000000001,subnet-00000000000000002',
    '/i2kit/default/subnets/private/eu-west-1a': 'subnet-00000000000000001',
    '/i2kit/default/subnets/private/eu-west-1b': 'subnet-00000000000000002',
    '/i2kit/default/subnets/public': 'subnet-00000000000000003,subnet-00000000000000004',
    '/i2kit/default/subnets/public/eu-west-1a': 'subnet-00000000000000003',
    '/i2kit/default/subnets/public/eu-west-1b': 'subnet-00000000000000004',
    '/i2kit/default/egress': 'given',
    '/i2kit/default/zones/private': { Ref: 'PrivateZone' },
    '/i2kit/default/zones/public': 'Z00000000000000000001',
    '/i2kit/default/bucket': 'shop-artifacts',
  });
});

test('a hand-over has the same names whether it was made or found', () => {
  const whole = environmentTemplate({ env: 'default', config: { hostedZone: 'example.com' } });
  const ids = (of: Loose) => Object.keys(of.Resources).filter((id) => id.startsWith('Handover'));
  expect(whole.ok && ids(whole.template)).toEqual(ids(template('everything')));
});

test('in a VPC that is there, subnets are cut from the range that is named', () => {
  const made = template('vpc-alone');
  expect(types(made)).not.toContain('AWS::EC2::VPC');
  expect(types(made)).toContain('AWS::EC2::InternetGateway');
  expect(made.Resources.PrivateSubnet1.Properties).toMatchObject({
    VpcId: 'vpc-00000000000000001',
    CidrBlock: { 'Fn::Select': [0, { 'Fn::Cidr': ['10.1.64.0/18', 16, 10] }] },
  });
  const gateway = template('vpc-with-gateway');
  expect(types(gateway)).not.toContain('AWS::EC2::InternetGateway');
  expect(gateway.Resources.PublicDefaultRoute.Properties.GatewayId).toBe('igw-00000000000000001');
});

test('a zone of another account is neither asked for nor handed over', () => {
  const made = template('zone-of-another-account');
  expect(made.Parameters).toBeUndefined();
  expect(handed(made)).not.toHaveProperty('/i2kit/default/zones/public');
});

describe('what cannot be is said', () => {
  const vpc = { id: 'vpc-00000000000000001', cidrs: ['10.1.0.0/16', '100.64.0.0/20'] };
  const private1 = { 'eu-west-1a': 'subnet-00000000000000001' };
  test.each([
    ['not looked up', { network: { vpc: vpc.id, cidr: '10.1.0.0/20' } }, undefined, 'I2K713'],
    ['a bucket by tags, not looked up', { bucket: { tag: { a: 'b' } } }, undefined, 'I2K713'],
    ['no range', { network: { vpc: vpc.id } }, { vpc }, 'I2K714'],
    ['a range of elsewhere', { network: { vpc: vpc.id, cidr: '10.2.0.0/20' } }, { vpc }, 'I2K714'],
    ['a range larger than the VPC', { network: { vpc: vpc.id, cidr: '100.64.0.0/16' } }, { vpc }, 'I2K714'],
    [
      'NAT',
      { network: { subnets: ['subnet-00000001'], egress: 'one' } },
      { vpc, subnets: { private: private1, public: private1 } },
      'I2K715',
    ],
    [
      'no place for machines',
      { network: { subnets: { public: ['subnet-00000001'] } } },
      { vpc, subnets: { private: {}, public: private1 } },
      'I2K716',
    ],
    [
      'no public subnets',
      { network: { subnets: { private: ['subnet-00000001'] } } },
      { vpc, subnets: { private: private1, public: {} } },
      'I2K717',
    ],
  ] as const)('%s', (_, config, found, code) => {
    const result = environmentTemplate({ env: 'default', config, ...(found && { context: lookedUp(config, found) }) });
    expect(result.diagnostics.map((each) => each.code)).toContain(code);
  });

  test('what was looked up for other settings', () => {
    const context = lookedUp({ network: { vpc: { tag: { Name: 'old' } } } }, { vpc });
    const result = environmentTemplate({
      env: 'default',
      config: { network: { vpc: { tag: { Name: 'new' } }, cidr: '10.1.0.0/20' } },
      context,
    });
    expect(result.diagnostics).toMatchObject([{ code: 'I2K713', path: ['network', 'vpc'] }]);
  });
});

describe('apps', () => {
  test('stand on the load balancer that their Service names', () => {
    const made = existingApps['on-a-load-balancer'] as Loose;
    expect(types(made)).not.toContain('AWS::ElasticLoadBalancingV2::LoadBalancer');
    const of = (type: string): Loose[] => Object.values(made.Resources).filter((each) => (each as Loose).Type === type);
    expect(of('AWS::ElasticLoadBalancingV2::Listener')).toMatchObject([
      { Properties: { LoadBalancerArn: edge.arn, Port: 80 } },
    ]);
    expect(
      of('AWS::Route53::RecordSet').map(({ Properties }) => [Properties.Name, Properties.AliasTarget.DNSName]),
    ).toEqual([
      ['web.default.svc.cluster.local.', edge.dnsName],
      ['web.example.com.', edge.dnsName],
      ['web.example.com.', edge.dnsName],
    ]);
    // Machines open to both of its security groups, and it has none of ours.
    const [machines, ...others] = of('AWS::EC2::SecurityGroup');
    expect(others).toEqual([]);
    const sources = machines.Properties.SecurityGroupIngress.map((rule: Loose) => [
      rule.FromPort,
      rule.SourceSecurityGroupId,
    ]);
    for (const group of edge.securityGroups)
      expect(sources).toEqual(
        expect.arrayContaining([
          [8080, group],
          [10256, group],
        ]),
      );
  });

  test('a load balancer of the other kind, or one that was not looked up, is refused', () => {
    const config = { loadBalancers: { edge: edge.arn } };
    const annotations = { 'i2kit.dev/load-balancer': 'edge' };
    const codes = (options: Parameters<typeof compiled>[0]) =>
      compiled({ annotations, config, ...options }).diagnostics.map(({ code }) => code);
    expect(codes({ type: 'ClusterIP', found: { loadBalancers: { edge } } })).toContain('I2K718');
    expect(codes({ found: { loadBalancers: { edge: { ...edge, visibility: 'internal' } } } })).toContain('I2K718');
    expect(codes({})).toContain('I2K713');
  });

  test('have the key pair that the tags found', () => {
    const made = existingApps['with-a-key-pair-by-tags'] as Loose;
    expect(made.Resources.WebTemplate.Properties.LaunchTemplateData.KeyName).toBe('debug-2026');
    expect(compiled({ config: { keyPair: { tag: { Name: 'debug' } } } }).diagnostics.map(({ code }) => code)).toContain(
      'I2K713',
    );
  });

  test('bound every role', () => {
    const roles = Object.values((existingApps.bounded as Loose).Resources).filter(
      (each) => (each as Loose).Type === 'AWS::IAM::Role',
    ) as Loose[];
    expect(roles.length).toBeGreaterThan(0);
    for (const role of roles)
      expect(role.Properties.PermissionsBoundary).toBe('arn:aws:iam::123456789012:policy/boundary');
  });

  test('tell whoever deploys them what to write into a zone of another account', () => {
    const made = existingApps['with-names-elsewhere'] as Loose;
    const records = Object.values(made.Resources).filter(
      (each) => (each as Loose).Type === 'AWS::Route53::RecordSet',
    ) as Loose[];
    expect(records.map(({ Properties }) => Properties.Name)).toEqual(['web.default.svc.cluster.local.']);
    expect(made.Metadata['i2kit:names']).toEqual({
      zone: { name: 'example.com', id: 'Z00000000000000000001', roleArn: 'arn:aws:iam::210987654321:role/dns' },
      aliases: { WebAlias: 'web.example.com' },
    });
    expect(made.Outputs.WebAlias.Value).toEqual({
      'Fn::Join': [
        ' ',
        [
          { 'Fn::GetAtt': ['WebLoadBalancer', 'DNSName'] },
          { 'Fn::GetAtt': ['WebLoadBalancer', 'CanonicalHostedZoneID'] },
        ],
      ],
    });
    expect(made.Outputs.WebUrl.Value).toBe('http://web.example.com');
    expect(made.Parameters).not.toHaveProperty('PublicZone');
  });

  test('a disk is in a zone that there is a subnet for', () => {
    const items = [
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'data' },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
      },
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'db' },
        spec: {
          selector: { matchLabels: { app: 'db' } },
          strategy: { type: 'Recreate' },
          template: {
            metadata: { labels: { app: 'db' } },
            spec: {
              containers: [{ name: 'db', image: 'db:1', volumeMounts: [{ name: 'data', mountPath: '/data' }] }],
              volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }],
            },
          },
        },
      },
    ];
    const config = { region: 'eu-west-1', network: { subnets: { private: ['subnet-00000001'] } } };
    const context = lookedUp(config, {
      vpc: { id: 'vpc-1', cidrs: [] },
      subnets: { private: { 'eu-west-1c': 'subnet-00000001' }, public: {} },
    });
    const sources = [{ name: 'db.json', text: JSON.stringify({ apiVersion: 'v1', kind: 'List', items }) }];
    const result = compile(sources, { app: 'shop', env: 'default', images: { db: 'ami-01234567' }, config, context });
    expect(result.ok && result.lock.volumes?.['default-shop']).toMatchObject({
      'PersistentVolumeClaim/default/data': { zone: 'eu-west-1c' },
    });
  });
});
