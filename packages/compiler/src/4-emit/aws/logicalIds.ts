// Logical ids of all resources, so that emitters refer to each other's resources without importing them.
//
// A logical id depends on its object only. `web-api` becomes `WebApi`, which can be reversed; a name that cannot
// (with a dot, a part that starts with a digit, or a reserved word) gets a hash of the whole name as suffix.
import { sha256Hex } from '../../sha256.ts';

/** Words that join the parts of an id: a name that contains one would be ambiguous. */
const reserved = /^(in|of|from|x[0-9a-f]{8})$/;
const plain = /^[a-z][a-z0-9]*$/;
const maxNameLength = 100;

const pascal = (parts: readonly string[]) => parts.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('');

function idWord(name: string): string {
  const parts = name.split('-');
  const carriesBack = parts.every((part) => plain.test(part) && !reserved.test(part));
  if (carriesBack && name.length <= maxNameLength) return pascal(parts);
  const readable = pascal(name.split(/[^A-Za-z0-9]+/)).slice(0, maxNameLength);
  return `${readable}X${sha256Hex(name).slice(0, 8)}`;
}

/** `WebApi`, `WebApiInStaging`; kinds other than Deployment and Service are added: `RedisInStagingOfStatefulSet`. */
function objectPrefix({ kind = '', namespace, name }: NamedObject): string {
  const place = namespace === '' || namespace === 'default' ? '' : `In${idWord(namespace)}`;
  return `${idWord(name)}${place}${['', 'Deployment', 'Service'].includes(kind) ? '' : `Of${kind}`}`;
}

export interface NamedObject {
  /** Absent for objects identified by name only: endpoints, claims, records. */
  readonly kind?: string;
  readonly namespace: string;
  readonly name: string;
}

/**
 * An endpoint is identified by namespace and name, whether a Service or a workload creates it, so that adding a
 * Service moves nothing.
 */
const endpointName = ({ namespace, name }: NamedObject): NamedObject => ({ namespace, name });

const portWord = (protocol: string, number: number) => `${pascal(protocol.toLowerCase().split('_'))}${number}`;

/** Parameters of an app's template that the environment provides; see `environmentParameters.ts`. */
export const environmentParameter = {
  vpc: 'Vpc',
  memberSecurityGroup: 'Members',
  privateSubnets: 'PrivateSubnets',
  publicSubnets: 'PublicSubnets',
  privateZone: 'PrivateZone',
  publicZone: 'PublicZone',
  bucket: 'Bucket',
  appSecurityGroup: 'AppMembers',
} as const;

/** `PrivateSubnetEuWest1a`: the environment's subnet of one zone. */
export const subnet = (visibility: 'Private' | 'Public', zone: string) =>
  `${visibility}Subnet${pascal(zone.split('-'))}`;

/** The parts of a machine group that ids depend on. */
interface GroupName {
  readonly origin: { readonly object: NamedObject };
  readonly ordinal?: { readonly index: number };
}

/** `RedisOfStatefulSet0`: unambiguous, since the kind separates the name from the ordinal. */
const groupPrefix = ({ origin, ordinal }: GroupName) => `${objectPrefix(origin.object)}${ordinal?.index ?? ''}`;
const workloadPrefix = ({ origin }: GroupName) => objectPrefix(origin.object);

export const machineGroup = {
  autoScalingGroup: (group: GroupName) => `${groupPrefix(group)}Group`,
  launchTemplate: (group: GroupName) => `${groupPrefix(group)}Template`,
  role: (group: GroupName) => `${groupPrefix(group)}Role`,
  instanceProfile: (group: GroupName) => `${groupPrefix(group)}Profile`,
  networkInterface: (group: GroupName) => `${groupPrefix(group)}Interface`,
  publicAddress: (group: GroupName) => `${groupPrefix(group)}Address`,
  addressAssociation: (group: GroupName) => `${groupPrefix(group)}AddressAssociation`,
  // Shared by all groups of one workload.
  logGroup: (group: GroupName) => `${workloadPrefix(group)}Logs`,
  securityGroup: (group: GroupName) => `${workloadPrefix(group)}Firewall`,
  imageParameter: (group: GroupName) => `${workloadPrefix(group)}Image`,
  imageMapping: (group: GroupName) => `${workloadPrefix(group)}Images`,
  scheduledAction: (group: GroupName) => `${workloadPrefix(group)}Schedule`,
  scalingPolicy: (group: GroupName, metric: string) => `${workloadPrefix(group)}ScalingBy${pascal([metric])}`,
} as const;

/** Suffix of a workload's own stack. It starts with an upper-case letter, unlike any app's name. */
export const workloadStackSuffix = workloadPrefix;

/** A security group rule, identified by a hash of its content. */
export const ingressRule = (content: string) => `AdmissionX${content}`;
export const egressRule = (content: string) => `ReleaseX${content}`;

/** A machine of a Job: a hash of its pod, and its index. */
export const jobInstance = (object: NamedObject, content: string, index: number) =>
  `${objectPrefix(object)}RunX${content}N${index}`;

export const volume = (claim: NamedObject) => `${objectPrefix(claim)}Volume`;

/** Load balancers: shared ones by slot, others by endpoint or by the name in `i2kit.dev/load-balancer`. */
export const loadBalancer = {
  shared: (slot: number) => `InternalLoadBalancer${slot}`,
  ofEndpoint: (object: NamedObject) => `${objectPrefix(endpointName(object))}LoadBalancer`,
  named: (name: string) => `${idWord(name)}OfAppLoadBalancer`,
  securityGroup: (id: string) => `${id}Firewall`,
  /** Unique in AWS: load balancer, protocol, port. */
  listener: (id: string, protocol: string, number: number) => `${id}${portWord(protocol, number)}`,
} as const;

/** The parts of a router that ids depend on: one router for the app's Services, and one for each group of Ingresses. */
interface RouterName {
  readonly serves: 'ingresses' | 'services';
  readonly name: string;
}

const routerPrefix = ({ serves, name }: RouterName) =>
  serves === 'services' ? 'ServicesOfHost' : `${idWord(name)}Ingress`;

/** Routers by name; rules by priority, which is unique per listener. */
export const router = {
  loadBalancer: (router: RouterName) => `${routerPrefix(router)}LoadBalancer`,
  listener: (router: RouterName, number: number) => `${routerPrefix(router)}Http${number}`,
  certificate: (router: RouterName, number: number, arn: string) =>
    `${routerPrefix(router)}Http${number}CertificateX${sha256Hex(arn).slice(0, 8)}`,
  listenerRule: (router: RouterName, number: number, priority: number) =>
    `${routerPrefix(router)}Http${number}Rule${priority}`,
  targetGroup: (router: RouterName, service: NamedObject, number: number) =>
    `${objectPrefix(endpointName(service))}Http${number}TargetsOf${routerPrefix(router)}`,
  record: (host: string, type: string) => `${idWord(host)}Host${pascal([type.toLowerCase()])}Record`,
} as const;

/** A target group belongs to one load balancer, so a Service that moves to another one gets another target group. */
export const targetGroup = (object: NamedObject, protocol: string, number: number, slot: number | undefined) =>
  `${objectPrefix(endpointName(object))}${portWord(protocol, number)}Targets${slot ?? ''}`;

/** Unique per record: zone, name and type, where the name is `<name>.<namespace>` of the zone. */
export const record = (zone: 'Private' | 'Public', type: string, object: NamedObject) =>
  `${objectPrefix(endpointName(object))}${zone}${pascal([type.toLowerCase()])}Record`;

/** `_cql._tcp.<name>.<namespace>`: also unique by port name and protocol. */
export const srvRecord = (object: NamedObject, port: string, protocol: string) =>
  `${objectPrefix(endpointName(object))}${idWord(port)}${pascal([protocol.toLowerCase()])}SrvRecord`;

/** `<pod>.<service>.<namespace>`. */
export const ordinalRecord = (group: GroupName, service: string) => `${groupPrefix(group)}Of${idWord(service)}Record`;

/** One of several records of equal name and type, identified by its set identifier. */
export const weightedRecord = (zone: 'Private' | 'Public', type: string, object: NamedObject, set: string) =>
  `${objectPrefix(endpointName(object))}${zone}${pascal([type.toLowerCase()])}Via${sha256Hex(set).slice(0, 8)}Record`;

export const output = {
  url: (object: NamedObject) => `${objectPrefix(endpointName(object))}Url`,
  alias: (object: NamedObject) => `${objectPrefix(endpointName(object))}Alias`,
  router: (name: string) => `${idWord(name)}IngressUrl`,
  host: (name: string) => `${idWord(name)}HostAlias`,
} as const;
