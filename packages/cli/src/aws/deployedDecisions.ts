// The lock file's decisions about an app, read from its deployed templates: layout, slots of load balancers, volumes.
import { isObject } from '@i2kit/common';
import type { Lock, LockedVolume, VolumeSpec } from '@i2kit/compiler';

/** `stackName`: of the app's own stack; `templates`: by stack, as JSON. */
export function deployedDecisions(
  stackName: string,
  templates: Readonly<Record<string, string>>,
): Pick<Lock, 'stacks' | 'loadBalancers' | 'volumes'> {
  const resources = Object.values(templates).flatMap((text) => resourcesOf(text));
  const volumes = Object.fromEntries(resources.flatMap(volumeOf));
  const slots = Object.fromEntries(resources.flatMap(slotOf));
  const isSplit = Object.keys(templates).some((name) => name !== stackName);
  return {
    ...(isSplit && { stacks: { layout: 'workload' as const } }),
    ...(Object.keys(slots).length > 0 && { loadBalancers: slots }),
    ...(Object.keys(volumes).length > 0 && { volumes: { [stackName]: volumes } }),
  };
}

type Table = Readonly<Record<string, unknown>>;

function resourcesOf(text: string): readonly Table[] {
  const template: unknown = JSON.parse(text);
  const resources = isObject(template) ? template['Resources'] : undefined;
  return isObject(resources) ? Object.values(resources).filter(isObject) : [];
}

/** The object that a resource stands for, e.g. `Service/default/cart`. */
function originOf({ Metadata }: Table): string {
  const origin = isObject(Metadata) ? Metadata['i2kit:origin'] : undefined;
  return typeof origin === 'string' ? (origin.split('#')[0] ?? '') : '';
}

/** The StatefulSet of a claim is not known; the next compilation writes it for each claim that is mounted. */
function volumeOf(resource: Table): readonly (readonly [string, LockedVolume])[] {
  const { Type, DeletionPolicy, Properties } = resource;
  const origin = originOf(resource);
  if (Type !== 'AWS::EC2::Volume' || !origin.startsWith('PersistentVolumeClaim/') || !isObject(Properties)) return [];
  const { AvailabilityZone, Size, VolumeType, Iops, Throughput, KmsKeyId, SnapshotId } = Properties;
  if (typeof AvailabilityZone !== 'string' || typeof Size !== 'number' || typeof VolumeType !== 'string') return [];
  const locked: LockedVolume = {
    zone: AvailabilityZone,
    type: VolumeType as VolumeSpec['type'],
    sizeGiB: Size,
    ...(typeof Iops === 'number' && { iops: Iops }),
    ...(typeof Throughput === 'number' && { throughput: Throughput }),
    ...(typeof KmsKeyId === 'string' && { kmsKeyId: KmsKeyId }),
    ...(typeof SnapshotId === 'string' && { snapshot: SnapshotId }),
    reclaim: String(DeletionPolicy).startsWith('Retain') ? 'Retain' : 'Delete',
  };
  return [[origin, locked]];
}

function slotOf(resource: Table): readonly (readonly [string, number])[] {
  const { Type, Properties } = resource;
  if (Type !== 'AWS::ElasticLoadBalancingV2::Listener' || !isObject(Properties)) return [];
  const balancer = Properties['LoadBalancerArn'];
  const name = isObject(balancer) ? String(balancer['Ref']) : '';
  const slot = /^InternalLoadBalancer(\d+)$/.exec(name)?.[1];
  return slot === undefined ? [] : [[originOf(resource), Number(slot)]];
}
