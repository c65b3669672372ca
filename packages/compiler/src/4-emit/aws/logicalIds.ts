// The only place that names resources, so that concerns refer to each other's without importing them.
//
// A logical id is decided by its object alone. `web-api` becomes `WebApi`, which can be carried back; a name that cannot
// (a dot, a part that starts with a digit, a word that ids use themselves) gets a hash of the whole name at its end.
import { sha256Hex } from '../../sha256.ts';

/** Words with which ids are put together: a name that holds one could be read two ways. */
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

/** `WebApi`, `WebApiInStaging`; other kinds than Deployment say so: `RedisInStagingOfStatefulSet`. */
function objectPrefix({ kind = '', namespace, name }: NamedObject): string {
  const place = namespace === '' || namespace === 'default' ? '' : `In${idWord(namespace)}`;
  return `${idWord(name)}${place}${['', 'Deployment', 'Service'].includes(kind) ? '' : `Of${kind}`}`;
}

export interface NamedObject {
  /** Absent for what is reached by a name alone: endpoints, claims, records. */
  readonly kind?: string;
  readonly namespace: string;
  readonly name: string;
}

/** An endpoint is called by namespace and name, whether a Service or a workload made it: a change of owner moves nothing. */
const endpointName = ({ namespace, name }: NamedObject): NamedObject => ({ namespace, name });

const portWord = (protocol: string, number: number) => `${pascal(protocol.toLowerCase().split('_'))}${number}`;

/** Parameters of an app's template that the environment answers; see `handover.ts`. */
export const environmentParameter = {
  vpc: 'Vpc',
  members: 'Members',
  privateSubnets: 'PrivateSubnets',
  publicSubnets: 'PublicSubnets',
  privateZone: 'PrivateZone',
  publicZone: 'PublicZone',
  bucket: 'Bucket',
  appMembers: 'AppMembers',
} as const;

/** `PrivateSubnetEuWest1a`: the environment's subnet of one zone. */
export const subnet = (visibility: 'Private' | 'Public', zone: string) =>
  `${visibility}Subnet${pascal(zone.split('-'))}`;

/** As much of a machine group as ids are made of. */
interface GroupName {
  readonly origin: { readonly object: NamedObject };
  readonly ordinal?: { readonly index: number };
}

/** `RedisOfStatefulSet0`: a word never ends in a digit that is not its own, as the kind stands before it. */
const groupPrefix = ({ origin, ordinal }: GroupName) => `${objectPrefix(origin.object)}${ordinal?.index ?? ''}`;
const workloadPrefix = ({ origin }: GroupName) => objectPrefix(origin.object);

export const machineGroup = {
  group: (of: GroupName) => `${groupPrefix(of)}Group`,
  template: (of: GroupName) => `${groupPrefix(of)}Template`,
  role: (of: GroupName) => `${groupPrefix(of)}Role`,
  profile: (of: GroupName) => `${groupPrefix(of)}Profile`,
  interface: (of: GroupName) => `${groupPrefix(of)}Interface`,
  address: (of: GroupName) => `${groupPrefix(of)}Address`,
  addressOf: (of: GroupName) => `${groupPrefix(of)}AddressAssociation`,
  // What the groups of one workload have in common.
  logs: (of: GroupName) => `${workloadPrefix(of)}Logs`,
  firewall: (of: GroupName) => `${workloadPrefix(of)}Firewall`,
  image: (of: GroupName) => `${workloadPrefix(of)}Image`,
  images: (of: GroupName) => `${workloadPrefix(of)}Images`,
  schedule: (of: GroupName) => `${workloadPrefix(of)}Schedule`,
  scaling: (of: GroupName, metric: string) => `${workloadPrefix(of)}ScalingBy${pascal([metric])}`,
} as const;

/** What a workload's own stack is called behind the app's name: upper case, as no app's name is. */
export const workloadStackSuffix = workloadPrefix;

/** A rule of a security group, by what it says. */
export const ingressRule = (content: string) => `AdmissionX${content}`;
export const egressRule = (content: string) => `ReleaseX${content}`;

/** A machine of a Job: what it runs, and which of them it is. */
export const jobInstance = (of: NamedObject, content: string, index: number) =>
  `${objectPrefix(of)}RunX${content}N${index}`;

export const volume = (claim: NamedObject) => `${objectPrefix(claim)}Volume`;

/** Balancer ids: a shared one by its slot, an own one by its endpoint, one that Services name by that name. */
export const loadBalancer = {
  shared: (slot: number) => `InternalLoadBalancer${slot}`,
  own: (of: NamedObject) => `${objectPrefix(endpointName(of))}LoadBalancer`,
  named: (name: string) => `${idWord(name)}OfAppLoadBalancer`,
  firewall: (id: string) => `${id}Firewall`,
  /** What must be unique in AWS: balancer, protocol, port. */
  listener: (id: string, protocol: string, number: number) => `${id}${portWord(protocol, number)}`,
} as const;

/** As much of a router as ids are made of: there is one of the app's Services, and one of each group of Ingresses. */
interface RouterName {
  readonly serves: 'ingresses' | 'services';
  readonly name: string;
}

const routerPrefix = ({ serves, name }: RouterName) =>
  serves === 'services' ? 'ServicesOfHost' : `${idWord(name)}Ingress`;

/** A router by its name; its rules by their place, as no two rules of a listener have one. */
export const router = {
  balancer: (of: RouterName) => `${routerPrefix(of)}LoadBalancer`,
  listener: (of: RouterName, number: number) => `${routerPrefix(of)}Http${number}`,
  certificate: (of: RouterName, number: number, arn: string) =>
    `${routerPrefix(of)}Http${number}CertificateX${sha256Hex(arn).slice(0, 8)}`,
  rule: (of: RouterName, number: number, priority: number) => `${routerPrefix(of)}Http${number}Rule${priority}`,
  targets: (of: RouterName, service: NamedObject, number: number) =>
    `${objectPrefix(endpointName(service))}Http${number}TargetsOf${routerPrefix(of)}`,
  record: (host: string, type: string) => `${idWord(host)}Host${pascal([type.toLowerCase()])}Record`,
} as const;

/** A target group serves one load balancer only, so a Service that moves to another one gets another target group. */
export const targetGroup = (of: NamedObject, protocol: string, number: number, slot: number | undefined) =>
  `${objectPrefix(endpointName(of))}${portWord(protocol, number)}Targets${slot ?? ''}`;

/** A record's id is what makes it unique: zone, name and type, the name being `<name>.<namespace>` of the zone. */
export const record = (zone: 'Private' | 'Public', type: string, of: NamedObject) =>
  `${objectPrefix(endpointName(of))}${zone}${pascal([type.toLowerCase()])}Record`;

/** `_cql._tcp.<name>.<namespace>`: unique by the port's name and protocol, too. */
export const srvRecord = (of: NamedObject, port: string, protocol: string) =>
  `${objectPrefix(endpointName(of))}${idWord(port)}${pascal([protocol.toLowerCase()])}SrvRecord`;

/** `<pod>.<service>.<namespace>`: the words are joined as the names are. */
export const ordinalRecord = (of: GroupName, service: string) => `${groupPrefix(of)}Of${idWord(service)}Record`;

/** One of several records of a name and type, by what tells them apart in AWS. */
export const weightedRecord = (zone: 'Private' | 'Public', type: string, of: NamedObject, set: string) =>
  `${objectPrefix(endpointName(of))}${zone}${pascal([type.toLowerCase()])}Via${sha256Hex(set).slice(0, 8)}Record`;

export const output = {
  url: (of: NamedObject) => `${objectPrefix(endpointName(of))}Url`,
  alias: (of: NamedObject) => `${objectPrefix(endpointName(of))}Alias`,
  router: (name: string) => `${idWord(name)}IngressUrl`,
  host: (name: string) => `${idWord(name)}HostAlias`,
} as const;
