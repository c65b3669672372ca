// Invariants of every template that no linter checks.
import { gunzipSync } from 'node:zlib';

// biome-ignore lint/suspicious/noExplicitAny: a template is read here as CloudFormation would, without our types.
export type Loose = any;

export interface Resource {
  readonly id: string;
  readonly body: Loose;
}

export const resourcesOf = (template: Loose, type: string): readonly Resource[] =>
  Object.entries(template.Resources)
    .filter(([, body]) => (body as Loose).Type === type)
    .map(([id, body]) => ({ id, body }));

/** The text of a user data document with its references written as `<id>`. */
export const documentOf = (launchTemplate: Loose): string =>
  launchTemplate.Properties.LaunchTemplateData.UserData['Fn::Base64']['Fn::Join'][1]
    .map((part: Loose) => (typeof part === 'string' ? part : `<${Object.values(part)[0]}>`))
    .join('');

/** The agent's payload, if it is in the user data itself. */
export const payloadOf = (launchTemplate: Loose): Loose =>
  JSON.parse(gunzipSync(Buffer.from(JSON.parse(documentOf(launchTemplate)).payload, 'base64')).toString('utf8'));

const group = 'AWS::AutoScaling::AutoScalingGroup';
const physicalNames = [
  'AutoScalingGroupName',
  'LaunchTemplateName',
  'RoleName',
  'InstanceProfileName',
  'LogGroupName',
  'GroupName',
  'BucketName',
];

/** `PT1H`, `PT15M` or `PT90S`. */
const secondsOf = (duration: string): number =>
  [...duration.matchAll(/(\d+)([HMS])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * { H: 3600, M: 60, S: 1 }[unit as 'H'],
    0,
  );

type Invariant = (template: Loose) => readonly string[];

/** Each returns the ids that violate it. */
export const invariants: Readonly<Record<string, Invariant>> = {
  'a group takes the latest version of its launch template by GetAtt': (template) =>
    resourcesOf(template, group)
      .filter(({ body }) => body.Properties.LaunchTemplate.Version['Fn::GetAtt']?.[1] !== 'LatestVersionNumber')
      .map(({ id }) => id),
  'a rolling update leaves room to roll': (template) =>
    resourcesOf(template, group)
      .filter(
        ({ body }) =>
          body.UpdatePolicy?.AutoScalingRollingUpdate?.MinInstancesInService >= Number(body.Properties.MaxSize),
      )
      .map(({ id }) => id),
  'a group waits for its listeners and its names': (template) =>
    resourcesOf(template, group)
      .filter(({ body }) => {
        const targets: string[] = (body.Properties.TargetGroupARNs ?? []).map((arn: Loose) => arn.Ref);
        const needed = resourcesOf(template, 'AWS::ElasticLoadBalancingV2::Listener').filter(({ body: listener }) =>
          listener.Properties.DefaultActions.some((action: Loose) => targets.includes(action.TargetGroupArn?.Ref)),
        );
        const records = (body.DependsOn ?? []).filter(
          (id: string) => template.Resources[id].Type === 'AWS::Route53::RecordSet',
        );
        return (
          needed.some(({ id }) => !(body.DependsOn ?? []).includes(id)) || (targets.length > 0 && records.length === 0)
        );
      })
      .map(({ id }) => id),
  'a volume has both policies': (template) =>
    resourcesOf(template, 'AWS::EC2::Volume')
      .filter(
        ({ body }) =>
          body.DeletionPolicy === undefined ||
          body.UpdateReplacePolicy === undefined ||
          body.Properties.Encrypted !== true,
      )
      .map(({ id }) => id),
  'a machine with an address of its own is alone, in one zone, and goes before the next one comes': (template) =>
    resourcesOf(template, group)
      .filter(({ body }) => {
        const { MaxSize, MinSize, AvailabilityZones = [], VPCZoneIdentifier, LaunchTemplate } = body.Properties;
        const data = template.Resources[LaunchTemplate.LaunchTemplateId.Ref].Properties.LaunchTemplateData;
        const [network] = data.NetworkInterfaces;
        if (network.NetworkInterfaceId === undefined) return AvailabilityZones.length > 0;
        // EC2 refuses both beside a network interface; the interface has them.
        const own =
          network.Groups === undefined &&
          network.AssociatePublicIpAddress === undefined &&
          VPCZoneIdentifier === undefined;
        const { MinInstancesInService = 0 } = body.UpdatePolicy?.AutoScalingRollingUpdate ?? {};
        return (
          !own || MaxSize !== '1' || MinSize !== '0' || AvailabilityZones.length !== 1 || MinInstancesInService !== 0
        );
      })
      .map(({ id }) => id),
  'an interface and the volumes of its machine are in one zone': (template) =>
    resourcesOf(template, group)
      .filter(({ body }) => {
        const machine = template.Resources[body.Properties.LaunchTemplate.LaunchTemplateId.Ref];
        const disks = Object.values(JSON.parse(documentOf(machine)).disks ?? {}).map((id) => String(id).slice(1, -1));
        const zones = new Set(disks.map((id) => template.Resources[id].Properties.AvailabilityZone));
        for (const zone of body.Properties.AvailabilityZones ?? []) zones.add(zone);
        return zones.size > 1;
      })
      .map(({ id }) => id),
  'nothing has a physical name': (template) =>
    Object.entries(template.Resources)
      .filter(([, body]) => {
        const { Type, Properties } = body as Loose;
        return (
          physicalNames.some((name) => typeof Properties[name] === 'string') ||
          (Type.includes('ElasticLoadBalancingV2') && 'Name' in Properties)
        );
      })
      .map(([id]) => id),
  'machines speak IMDSv2 only': (template) =>
    resourcesOf(template, 'AWS::EC2::LaunchTemplate')
      .filter(({ body }) => {
        const options = body.Properties.LaunchTemplateData.MetadataOptions;
        return (
          options.HttpTokens !== 'required' ||
          options.HttpPutResponseHopLimit !== 1 ||
          options.InstanceMetadataTags !== 'disabled'
        );
      })
      .map(({ id }) => id),
  'machines have no public address': (template) =>
    [
      ...resourcesOf(template, 'AWS::EC2::LaunchTemplate').filter(
        ({ body }) => body.Properties.LaunchTemplateData.UserData !== undefined,
      ),
      ...resourcesOf(template, 'AWS::EC2::Instance'),
    ]
      .filter(({ body: { Properties } }) =>
        (Properties.LaunchTemplateData ?? Properties).NetworkInterfaces.some(
          (one: Loose) => one.AssociatePublicIpAddress !== false && one.NetworkInterfaceId === undefined,
        ),
      )
      .map(({ id }) => id),
  'a machine that runs to its end is waited for, and gone with it': (template) =>
    resourcesOf(template, 'AWS::EC2::Instance')
      .filter(({ body }) => {
        const launch =
          template.Resources[body.Properties.LaunchTemplate.LaunchTemplateId.Ref].Properties.LaunchTemplateData;
        return (
          body.CreationPolicy?.ResourceSignal.Count !== 1 || launch.InstanceInitiatedShutdownBehavior !== 'terminate'
        );
      })
      .map(({ id }) => id),
  'root volumes are encrypted': (template) =>
    resourcesOf(template, 'AWS::EC2::LaunchTemplate')
      .filter(({ body }) =>
        body.Properties.LaunchTemplateData.BlockDeviceMappings.some((device: Loose) => device.Ebs.Encrypted !== true),
      )
      .map(({ id }) => id),
  'user data fits': (template) =>
    resourcesOf(template, 'AWS::EC2::LaunchTemplate')
      .filter(
        ({ body }) => body.Properties.LaunchTemplateData.UserData !== undefined && documentOf(body).length > 16_384,
      )
      .map(({ id }) => id),
  'a security group has at most 60 rules': (template) =>
    resourcesOf(template, 'AWS::EC2::SecurityGroup')
      .filter(({ body }) => (body.Properties.SecurityGroupIngress ?? []).length > 60)
      .map(({ id }) => id),
  'a resource says its type first, and where it comes from': (template) =>
    Object.entries(template.Resources)
      .filter(
        ([, body]) =>
          Object.keys(body as Loose)[0] !== 'Type' ||
          !/^[A-Za-z]+\/\S+$/.test((body as Loose).Metadata?.['i2kit:origin']),
      )
      .map(([id]) => id),
  'an origin is never a file or a line': (template) =>
    Object.entries(template.Resources)
      .filter(([, body]) => /\.ya?ml|:\d+/.test((body as Loose).Metadata['i2kit:origin']))
      .map(([id]) => id),
  'resources of one object stand together': (template) => {
    const owners = Object.values(template.Resources).map(
      (body) => (body as Loose).Metadata['i2kit:origin'].split('#')[0] as string,
    );
    const runs = owners.filter((owner, position) => owner !== owners[position - 1]);
    return runs.filter((owner, position) => runs.indexOf(owner) !== position);
  },
  'a stack waits for a machine longer than its agent does': (template) =>
    resourcesOf(template, group)
      .filter(({ body }) => {
        const waits = [
          body.CreationPolicy?.ResourceSignal.Timeout,
          body.UpdatePolicy?.AutoScalingRollingUpdate?.PauseTime,
        ];
        const launchTemplate = template.Resources[body.Properties.LaunchTemplate.LaunchTemplateId.Ref];
        if (!documentOf(launchTemplate).includes('"payload":')) return false;
        const { deadlineSeconds } = payloadOf(launchTemplate).rollout;
        return waits.some((wait) => wait !== undefined && secondsOf(wait) < Math.min(3600, deadlineSeconds + 300));
      })
      .map(({ id }) => id),
  'a load balancer drains for as long as it may send new connections': (template) =>
    resourcesOf(template, 'AWS::ElasticLoadBalancingV2::TargetGroup')
      .filter(({ body }) => {
        const { Protocol, TargetGroupAttributes = [] } = body.Properties;
        const value = (name: string) =>
          TargetGroupAttributes.find(({ Key }: Loose) => Key === `deregistration_delay.${name}`)?.Value;
        const network = !/^HTTPS?$/.test(Protocol);
        return (
          Number(value('timeout_seconds')) < (network ? 120 : 30) ||
          (network && value('connection_termination.enabled') !== 'true')
        );
      })
      .map(({ id }) => id),
  'an ARN that is made is one of any partition': (template) =>
    Object.entries(template.Resources)
      .filter(([, body]) => /"Fn::Sub":"arn:(?!\$\{AWS::Partition\})/.test(JSON.stringify(body)))
      .map(([id]) => id),
};
