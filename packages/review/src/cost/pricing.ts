// Pricing by resource type: everything billed by the hour or the gigabyte. Traffic and requests depend on use and are
// left out.
import { countText, hoursPerMonth, isObject, type Json, listPrice, monthlyVolumePrice } from '@i2kit/common';
import { launchDataOf, machineType } from '../launchTemplate.ts';
import { isList, type Properties, type Resource, refOf, type Template } from '../template.ts';
import { machineHourlyPrice } from './instancePrices.ts';

export interface MeterReading {
  readonly what: string;
  /** US dollars a month; undefined if the price is unknown. */
  readonly dollars?: number;
}

type Meter = (resource: Resource, template: Template, region: string) => readonly MeterReading[];

const machineReading = (type: unknown, n: number, region: string): MeterReading => {
  const price = typeof type === 'string' ? machineHourlyPrice(type, region) : undefined;
  return {
    what: `${n} × ${typeof type === 'string' ? type : 'machine'}`,
    ...(price !== undefined && { dollars: n * price * hoursPerMonth }),
  };
};

const volumeReading = (gib: number, kind: unknown, n: number, region: string): MeterReading => {
  const name = typeof kind === 'string' ? kind : 'gp2';
  const { storage } = monthlyVolumePrice({ type: name, sizeGiB: gib }, region);
  return {
    what: `${n === 1 ? '' : `${n} × `}${gib} GiB of ${name}`,
    ...(storage !== undefined && { dollars: n * storage }),
  };
};

/** Items of a group that has machines only at scheduled times. */
function scheduledReadings(template: Template, group: Resource, type: Json | undefined): readonly MeterReading[] {
  const scheduled = Object.values(template.Resources).filter(({ Type, Properties = {} }) => {
    const named = refOf(Properties['AutoScalingGroupName']);
    return Type === 'AWS::AutoScaling::ScheduledAction' && named !== undefined && template.Resources[named] === group;
  });
  return scheduled.map(({ Properties = {} }) => {
    const n = Number(Properties['DesiredCapacity'] ?? 1);
    return {
      what: `${n} × ${typeof type === 'string' ? type : 'machine'} at ${String(Properties['Recurrence'])}, while it runs`,
    };
  });
}

/** Provisioned speed: all of it with io1 and io2, of gp3 what exceeds 3,000 IOPS and 125 MiB/s. */
function performanceReadings({ VolumeType, Iops, Throughput }: Properties, region: string): readonly MeterReading[] {
  const [iops, throughput] = [Number(Iops ?? 0), Number(Throughput ?? 0)];
  const provisioned = VolumeType === 'io1' || VolumeType === 'io2';
  const more = VolumeType === 'gp3' && (iops > 3_000 || throughput > 125);
  if (!provisioned && !more) return [];
  const { speed } = monthlyVolumePrice({ type: String(VolumeType), sizeGiB: 0, iops, throughput }, region);
  const parts = [...(Iops ? [`${String(Iops)} IOPS`] : []), ...(Throughput ? [`${String(Throughput)} MiB/s`] : [])];
  return [{ what: `provisioned performance (${parts.join(', ')})`, ...(speed !== undefined && { dollars: speed }) }];
}

const hourlyMeter =
  (name: string, price = name): Meter =>
  (_resource, _template, region) => {
    const found = listPrice(price, region);
    return [{ what: countText(1, name), ...(found !== undefined && { dollars: found * hoursPerMonth }) }];
  };

export const metersByType: Readonly<Record<string, Meter>> = {
  'AWS::AutoScaling::AutoScalingGroup': (resource, template, region) => {
    const { DesiredCapacity, MinSize, MaxSize } = resource.Properties ?? {};
    const n = Number(DesiredCapacity ?? MinSize ?? 0);
    const data = launchDataOf(template, resource);
    if (!data) return [];
    if (n === 0) return scheduledReadings(template, resource, data['InstanceType']);
    const disks = isList(data['BlockDeviceMappings']) ? data['BlockDeviceMappings'] : [];
    const roots = disks.flatMap((mapping) => {
      const ebs = isObject(mapping) && isObject(mapping['Ebs']) ? mapping['Ebs'] : undefined;
      return ebs ? [volumeReading(Number(ebs['VolumeSize'] ?? 8), ebs['VolumeType'], n, region)] : [];
    });
    const interfaces = isList(data['NetworkInterfaces']) ? data['NetworkInterfaces'] : [];
    const open = interfaces.some((each) => isObject(each) && each['AssociatePublicIpAddress'] === true);
    const price = listPrice('public address', region);
    const addresses = open
      ? [{ what: `${n} × public address`, ...(price !== undefined && { dollars: n * price * hoursPerMonth }) }]
      : [];
    const { what, ...dollars } = machineReading(data['InstanceType'], n, region);
    // Without a desired capacity, the group is scaled: the price is that of its minimum.
    const scaled = DesiredCapacity === undefined && Number(MaxSize) > n ? ', the fewest' : '';
    return [{ what: `${what}${scaled}`, ...dollars }, ...roots, ...addresses];
  },
  // A standalone machine runs to completion; its running time is unknown.
  'AWS::EC2::Instance': (resource, template) => [{ what: `1 × ${machineType(template, resource)}, while it runs` }],
  'AWS::EC2::Volume': ({ Properties = {} }, _, region) => [
    volumeReading(Number(Properties['Size'] ?? 0), Properties['VolumeType'], 1, region),
    ...performanceReadings(Properties, region),
  ],
  // Gateway endpoints are free of charge.
  'AWS::EC2::VPCEndpoint': ({ Properties = {} }) =>
    Properties['VpcEndpointType'] === 'Interface' ? [{ what: 'VPC endpoint' }] : [],
  'AWS::CloudWatch::Alarm': () => [{ what: 'alarm', dollars: 0.1 }],
  'AWS::EC2::NatGateway': hourlyMeter('NAT gateway'),
  'AWS::EC2::EIP': hourlyMeter('public address'),
  'AWS::ElasticLoadBalancingV2::LoadBalancer': (resource, template, region) => {
    const network = resource.Properties?.['Type'] === 'network';
    const itself = hourlyMeter(network ? 'network load balancer' : 'application load balancer', 'load balancer')(
      resource,
      template,
      region,
    );
    if (resource.Properties?.['Scheme'] === 'internal') return itself;
    // The number of zones is a property of the environment, which this template does not contain.
    return [...itself, { what: 'public addresses of a load balancer (one per zone)' }];
  },
  'AWS::Route53::HostedZone': () => [{ what: 'hosted zone', dollars: 0.5 }],
  'AWS::SecretsManager::Secret': () => [{ what: 'secret', dollars: 0.4 }],
};
