// The table of meters: what is paid for by the hour or the gigabyte, by resource type. Traffic and requests depend on use and are left out.
import { isList, isObject, type Resource, refOf, type Template } from '../template.ts';
import { count } from '../words.ts';
import { hourly, monthly } from './prices.ts';

export interface Reading {
  readonly what: string;
  /** US dollars a month; undefined where the price is not known. */
  readonly dollars?: number;
}

type Meter = (resource: Resource, template: Template, region: string) => readonly Reading[];

const hours = 730;

const machine = (type: unknown, n: number, region: string): Reading => {
  const price = typeof type === 'string' ? hourly(type, region) : undefined;
  return { what: `${n} × ${typeof type === 'string' ? type : 'machine'}`, ...(price !== undefined && { dollars: n * price * hours }) };
};

const disk = (gib: number, kind: unknown, n: number, region: string): Reading => {
  const name = typeof kind === 'string' ? kind : 'gp2';
  const price = monthly(`${name} GB`, region);
  return { what: `${n === 1 ? '' : `${n} × `}${gib} GiB of ${name}`, ...(price !== undefined && { dollars: n * gib * price }) };
};

const byTheHour =
  (name: string, price = name): Meter =>
  (_resource, _template, region) => {
    const found = monthly(price, region);
    return [{ what: count(1, name), ...(found !== undefined && { dollars: found * hours }) }];
  };

export const meters: Readonly<Record<string, Meter>> = {
  'AWS::AutoScaling::AutoScalingGroup': (resource, template, region) => {
    const { DesiredCapacity, MinSize, LaunchTemplate } = resource.Properties ?? {};
    const n = Number(DesiredCapacity ?? MinSize ?? 0);
    const id = isObject(LaunchTemplate) ? refOf(LaunchTemplate['LaunchTemplateId']) : undefined;
    const data = template.Resources[id ?? '']?.Properties?.['LaunchTemplateData'];
    if (n === 0 || !isObject(data)) return [];
    const disks = isList(data['BlockDeviceMappings']) ? data['BlockDeviceMappings'] : [];
    const roots = disks.flatMap((mapping) => {
      const ebs = isObject(mapping) && isObject(mapping['Ebs']) ? mapping['Ebs'] : undefined;
      return ebs ? [disk(Number(ebs['VolumeSize'] ?? 8), ebs['VolumeType'], n, region)] : [];
    });
    const interfaces = isList(data['NetworkInterfaces']) ? data['NetworkInterfaces'] : [];
    const open = interfaces.some((each) => isObject(each) && each['AssociatePublicIpAddress'] === true);
    const price = monthly('public address', region);
    const addresses = open ? [{ what: `${n} × public address`, ...(price !== undefined && { dollars: n * price * hours }) }] : [];
    return [machine(data['InstanceType'], n, region), ...roots, ...addresses];
  },
  'AWS::EC2::Instance': (resource, _, region) => [machine(resource.Properties?.['InstanceType'], 1, region)],
  'AWS::EC2::Volume': ({ Properties = {} }, _, region) => [disk(Number(Properties['Size'] ?? 0), Properties['VolumeType'], 1, region)],
  'AWS::EC2::NatGateway': byTheHour('NAT gateway'),
  'AWS::EC2::EIP': byTheHour('public address'),
  'AWS::ElasticLoadBalancingV2::LoadBalancer': (resource, template, region) => {
    const network = resource.Properties?.['Type'] === 'network';
    return byTheHour(network ? 'network load balancer' : 'application load balancer', 'load balancer')(resource, template, region);
  },
  'AWS::Route53::HostedZone': () => [{ what: 'hosted zone', dollars: 0.5 }],
  'AWS::SecretsManager::Secret': () => [{ what: 'secret', dollars: 0.4 }],
};
