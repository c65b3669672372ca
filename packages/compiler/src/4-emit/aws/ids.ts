// The only place that names resources, so that concerns refer to each other's without importing them.
//
// A logical id is decided by its object alone. `web-api` becomes `WebApi`, which can be carried back; a name that cannot
// (a dot, a part that starts with a digit, a word that ids use themselves) gets a hash of the whole name at its end.
import { digest } from '../../digest.ts';

/** Words with which ids are put together: a name that holds one could be read two ways. */
const reserved = /^(in|of|from|x[0-9a-f]{8})$/;
const plain = /^[a-z][a-z0-9]*$/;
const longest = 100;

const pascal = (parts: readonly string[]) => parts.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('');

function word(name: string): string {
  const parts = name.split('-');
  const carriesBack = parts.every((part) => plain.test(part) && !reserved.test(part));
  if (carriesBack && name.length <= longest) return pascal(parts);
  const readable = pascal(name.split(/[^A-Za-z0-9]+/)).slice(0, longest);
  return `${readable}X${digest(name).slice(0, 8)}`;
}

/** `WebApi`, `WebApiInStaging`; other kinds than Deployment say so: `RedisInStagingOfStatefulSet`. */
function object({ kind = '', namespace, name }: Named): string {
  const place = namespace === '' || namespace === 'default' ? '' : `In${word(namespace)}`;
  return `${word(name)}${place}${['', 'Deployment', 'Service'].includes(kind) ? '' : `Of${kind}`}`;
}

export interface Named {
  /** Absent for what is reached by a name alone: endpoints, claims, records. */
  readonly kind?: string;
  readonly namespace: string;
  readonly name: string;
}

/** An endpoint is called by namespace and name, whether a Service or a workload made it: a change of owner moves nothing. */
const endpoint = ({ namespace, name }: Named): Named => ({ namespace, name });

const port = (protocol: string, number: number) => `${pascal(protocol.toLowerCase().split('_'))}${number}`;

/** Parameters of an app's template that the environment answers; see `handover.ts`. */
export const shared = {
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
export const subnet = (visibility: 'Private' | 'Public', zone: string) => `${visibility}Subnet${pascal(zone.split('-'))}`;

/** As much of a machine group as ids are made of. */
interface Grouped {
  readonly origin: { readonly object: Named };
  readonly ordinal?: { readonly index: number };
}

/** `RedisOfStatefulSet0`: a word never ends in a digit that is not its own, as the kind stands before it. */
const machines = ({ origin, ordinal }: Grouped) => `${object(origin.object)}${ordinal?.index ?? ''}`;
const workload = ({ origin }: Grouped) => object(origin.object);

export const group = {
  group: (of: Grouped) => `${machines(of)}Group`,
  template: (of: Grouped) => `${machines(of)}Template`,
  role: (of: Grouped) => `${machines(of)}Role`,
  profile: (of: Grouped) => `${machines(of)}Profile`,
  interface: (of: Grouped) => `${machines(of)}Interface`,
  address: (of: Grouped) => `${machines(of)}Address`,
  addressOf: (of: Grouped) => `${machines(of)}AddressAssociation`,
  // What the groups of one workload have in common.
  logs: (of: Grouped) => `${workload(of)}Logs`,
  firewall: (of: Grouped) => `${workload(of)}Firewall`,
  image: (of: Grouped) => `${workload(of)}Image`,
  images: (of: Grouped) => `${workload(of)}Images`,
  schedule: (of: Grouped) => `${workload(of)}Schedule`,
  scaling: (of: Grouped, metric: string) => `${workload(of)}ScalingBy${pascal([metric])}`,
} as const;

/** What a workload's own stack is called behind the app's name: upper case, as no app's name is. */
export const workloadName = workload;

/** A rule of a security group, by what it says. */
export const admission = (content: string) => `AdmissionX${content}`;
export const release = (content: string) => `ReleaseX${content}`;

/** A machine of a Job: what it runs, and which of them it is. */
export const run = (of: Named, content: string, index: number) => `${object(of)}RunX${content}N${index}`;

export const volume = (claim: Named) => `${object(claim)}Volume`;

/** Balancer ids: a shared one by its slot, an own one by its endpoint, one that Services name by that name. */
export const balancer = {
  shared: (slot: number) => `InternalLoadBalancer${slot}`,
  own: (of: Named) => `${object(endpoint(of))}LoadBalancer`,
  named: (name: string) => `${word(name)}OfAppLoadBalancer`,
  firewall: (id: string) => `${id}Firewall`,
  /** What must be unique in AWS: balancer, protocol, port. */
  listener: (id: string, protocol: string, number: number) => `${id}${port(protocol, number)}`,
} as const;

/** As much of a router as ids are made of: there is one of the app's Services, and one of each group of Ingresses. */
interface Routing {
  readonly serves: 'ingresses' | 'services';
  readonly name: string;
}

const routing = ({ serves, name }: Routing) => (serves === 'services' ? 'ServicesOfHost' : `${word(name)}Ingress`);

/** A router by its name; its rules by their place, as no two rules of a listener have one. */
export const router = {
  balancer: (of: Routing) => `${routing(of)}LoadBalancer`,
  listener: (of: Routing, number: number) => `${routing(of)}Http${number}`,
  certificate: (of: Routing, number: number, arn: string) => `${routing(of)}Http${number}CertificateX${digest(arn).slice(0, 8)}`,
  rule: (of: Routing, number: number, priority: number) => `${routing(of)}Http${number}Rule${priority}`,
  targets: (of: Routing, service: Named, number: number) => `${object(endpoint(service))}Http${number}TargetsOf${routing(of)}`,
  record: (host: string, type: string) => `${word(host)}Host${pascal([type.toLowerCase()])}Record`,
} as const;

/** A target group serves one load balancer only, so a Service that moves to another one gets another target group. */
export const targets = (of: Named, protocol: string, number: number, slot: number | undefined) =>
  `${object(endpoint(of))}${port(protocol, number)}Targets${slot ?? ''}`;

/** A record's id is what makes it unique: zone, name and type, the name being `<name>.<namespace>` of the zone. */
export const record = (zone: 'Private' | 'Public', type: string, of: Named) =>
  `${object(endpoint(of))}${zone}${pascal([type.toLowerCase()])}Record`;

/** `_cql._tcp.<name>.<namespace>`: unique by the port's name and protocol, too. */
export const srv = (of: Named, port: string, protocol: string) =>
  `${object(endpoint(of))}${word(port)}${pascal([protocol.toLowerCase()])}SrvRecord`;

/** `<pod>.<service>.<namespace>`: the words are joined as the names are. */
export const ordinalRecord = (of: Grouped, service: string) => `${machines(of)}Of${word(service)}Record`;

/** One of several records of a name and type, by what tells them apart in AWS. */
export const weightedRecord = (zone: 'Private' | 'Public', type: string, of: Named, set: string) =>
  `${object(endpoint(of))}${zone}${pascal([type.toLowerCase()])}Via${digest(set).slice(0, 8)}Record`;

export const output = {
  url: (of: Named) => `${object(endpoint(of))}Url`,
  alias: (of: Named) => `${object(endpoint(of))}Alias`,
  router: (name: string) => `${word(name)}IngressUrl`,
  host: (name: string) => `${word(name)}HostAlias`,
} as const;
