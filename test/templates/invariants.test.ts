// Checks our own invariants on every template; each is shown to detect a violation.
import { apps, examples, templateOf } from './apps.ts';
import { documentOf, invariants, type Loose, resourcesOf } from './invariants.ts';

describe.each(apps)('$name', (app) => {
  const template = templateOf(app);
  test.each(Object.entries(invariants))('%s', (_, broken) => {
    expect(broken(template)).toEqual([]);
  });
});

describe('an invariant that is broken is seen', () => {
  const example = (wanted: string) =>
    structuredClone(templateOf(examples.find(({ name }) => name === wanted) as (typeof examples)[number])) as Loose;
  const first = (template: Loose, type: string): Loose => resourcesOf(template, type)[0]?.body;
  const launch = (template: Loose) => first(template, 'AWS::EC2::LaunchTemplate').Properties.LaunchTemplateData;
  const breakages: Readonly<Record<keyof typeof invariants, (template: Loose) => void>> = {
    'a group takes the latest version of its launch template by GetAtt': (template) => {
      first(template, 'AWS::AutoScaling::AutoScalingGroup').Properties.LaunchTemplate.Version = '$Latest';
    },
    'a rolling update leaves room to roll': (template) => {
      first(template, 'AWS::AutoScaling::AutoScalingGroup').Properties.MaxSize = '0';
    },
    'a group waits for its listeners and its names': (template) => {
      for (const { body } of resourcesOf(template, 'AWS::AutoScaling::AutoScalingGroup')) delete body.DependsOn;
    },
    'a volume has both policies': (template) => {
      delete first(template, 'AWS::EC2::Volume').UpdateReplacePolicy;
    },
    'a machine with an address of its own is alone, in one zone, and goes before the next one comes': (template) => {
      first(template, 'AWS::AutoScaling::AutoScalingGroup').Properties.AvailabilityZones = ['eu-west-1a'];
    },
    'an interface and the volumes of its machine are in one zone': (template) => {
      const { id, body } = resourcesOf(template, 'AWS::EC2::Volume')[0] as { id: string; body: Loose };
      const owner = resourcesOf(template, 'AWS::EC2::LaunchTemplate').find(({ body: machine }) =>
        documentOf(machine).includes(`<${id}>`),
      );
      for (const { body: group } of resourcesOf(template, 'AWS::AutoScaling::AutoScalingGroup')) {
        if (group.Properties.LaunchTemplate.LaunchTemplateId.Ref === owner?.id)
          group.Properties.AvailabilityZones = [`${body.Properties.AvailabilityZone}x`];
      }
    },
    'nothing has a physical name': (template) => {
      first(template, 'AWS::IAM::Role').Properties.RoleName = 'web';
    },
    'machines speak IMDSv2 only': (template) => {
      launch(template).MetadataOptions.HttpTokens = 'optional';
    },
    'machines have no public address': (template) => {
      launch(template).NetworkInterfaces[0].AssociatePublicIpAddress = true;
    },
    'a machine that runs to its end is waited for, and gone with it': (template) => {
      delete first(template, 'AWS::EC2::Instance').CreationPolicy;
    },
    'root volumes are encrypted': (template) => {
      launch(template).BlockDeviceMappings[0].Ebs.Encrypted = false;
    },
    'user data fits': (template) => {
      launch(template).UserData['Fn::Base64']['Fn::Join'][1].push('x'.repeat(16_384));
    },
    'a security group has at most 60 rules': (template) => {
      first(template, 'AWS::EC2::SecurityGroup').Properties.SecurityGroupIngress = Array.from(
        { length: 61 },
        () => ({}),
      );
    },
    'a resource says its type first, and where it comes from': (template) => {
      delete first(template, 'AWS::IAM::Role').Metadata;
    },
    'an origin is never a file or a line': (template) => {
      first(template, 'AWS::IAM::Role').Metadata['i2kit:origin'] = 'web.yaml:3';
    },
    'resources of one object stand together': (template) => {
      template.Resources.Last = first(template, 'AWS::IAM::Role');
    },
    'a stack waits for a machine longer than its agent does': (template) => {
      first(template, 'AWS::AutoScaling::AutoScalingGroup').CreationPolicy.ResourceSignal.Timeout = 'PT10M';
    },
    'a load balancer drains for as long as it may send new connections': (template) => {
      first(template, 'AWS::ElasticLoadBalancingV2::TargetGroup').Properties.TargetGroupAttributes[0].Value = '30';
    },
    'an ARN that is made is one of any partition': (template) => {
      first(template, 'AWS::IAM::Role').Properties.Policies = [{ 'Fn::Sub': 'arn:aws:s3:::bucket' }];
    },
  };
  test.each(Object.entries(invariants))('%s', (name, broken) => {
    const template = example(name.startsWith('a machine that runs to its end') ? 'jobs' : 'voting');
    breakages[name]?.(template);
    expect(() => {
      if (broken(template).length > 0) throw new Error('seen');
    }).toThrow();
  });
});
