// The middle form: what runs, what reaches it and what it keeps, with every reference resolved and nothing of AWS in it.
import type { ObjectRef, Path } from './diagnostic.ts';
import type { Pod } from './generated/agent-v1.ts';
import type { ExternalLoadBalancer, ImageChoice } from './options.ts';

/** Where in the input a node comes from. */
export interface Origin {
  readonly object: ObjectRef;
  readonly path: Path;
}

export interface Plan {
  readonly app: string;
  readonly env: string;
  readonly groups: readonly MachineGroup[];
  readonly loadBalancers: readonly LoadBalancer[];
  readonly endpoints: readonly Endpoint[];
  readonly headlessServices: readonly HeadlessService[];
  readonly routers: readonly Router[];
  readonly volumes: readonly Volume[];
  readonly aliases: readonly Alias[];
  readonly externalServices: readonly ExternalService[];
  /** What containers are told of the Services of their namespace, by namespace: `{ default: { WEB_SERVICE_PORT: "80", … } }`. */
  readonly serviceVariables: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Identical machines, each running one pod. */
export interface MachineGroup {
  readonly origin: Origin;
  /** `Deployment/default/web`, `StatefulSet/default/db/0`; unique in a plan, and what others refer to it by. */
  readonly key: string;
  /** Of a machine that is not like any other: one group of one machine for each ordinal. */
  readonly ordinal?: Ordinal;
  readonly replicas: ReplicaCount;
  readonly rollout: Rollout;
  /** Its size follows a load; `replicas` is then the least. */
  readonly scaling?: Scaling;
  /** The pod runs to its end, and the machine with it; absent: it is kept running. `replicas` then counts completions. */
  readonly job?: Job;
  readonly pod: Pod;
  readonly machine: MachineRequirements;
  /** Image references of all its containers as the manifests have them, sorted, each once. */
  readonly images: readonly string[];
  /** Absent: not built yet, asked for as a template parameter. */
  readonly image?: ImageChoice;
  /** What its firewall opens: declared container ports, and ports that Services target. */
  readonly ports: readonly OpenPort[];
  /** Who may talk to it, and to nothing else of it; absent: all machines around it. */
  readonly ingressRules?: readonly NetworkIngressRule[];
  /** Whom it may talk to, beside what every machine needs; absent: everyone. */
  readonly egressRules?: readonly NetworkEgressRule[];
  readonly identity: WorkloadIdentity;
  /** Names of the secrets that the pod refers to, sorted. */
  readonly secrets: readonly SecretRef[];
  /** Labels of the pod template, for tags. */
  readonly labels: Readonly<Record<string, string>>;
}

export interface Scaling {
  readonly origin: Origin;
  /** Machines at the most. */
  readonly maxMachines: number;
  readonly metrics: readonly ScalingMetric[];
}

/** What is kept at a target on average: percent of the machine's CPU or cores, percent of the memory asked for or bytes, requests a second. */
export interface ScalingMetric {
  readonly origin: Origin;
  readonly name: 'cpu' | 'memory' | 'requests';
  readonly unit: 'percent' | 'amount';
  readonly target: number;
}

/** What runs to its end. */
export interface Job {
  readonly origin: Origin;
  /** How often the pod is started again before it has failed. */
  readonly backoffLimit: number;
  /** Machines at a time. */
  readonly parallelism: number;
  /** It runs again and again; absent: once for each content of its template. */
  readonly schedule?: Schedule;
}

export interface Schedule {
  readonly origin: Origin;
  /** Minute, hour, day, month and weekday, each `*` or numbers with commas between them. */
  readonly recurrence: string;
  /** IANA name; absent: UTC. */
  readonly timeZone?: string;
  readonly suspended: boolean;
}

/** Which of a StatefulSet's machines it is, and what it keeps over its replacement beside its disks. */
export interface Ordinal {
  readonly index: number;
  /** The pod's name, `db-0`, and the machine's. */
  readonly name: string;
  /** Name of the headless Service below which `name` can be looked up; absent: there is none. */
  readonly service?: string;
  /** Key of the group that has to be ready before this one starts. */
  readonly after?: string;
}

/** A number that the source says, with the place that says it. */
export interface ReplicaCount {
  readonly origin: Origin;
  readonly count: number;
}

/** Machines, absolute: percentages are already rounded as Kubernetes does. */
export interface Rollout {
  readonly origin: Origin;
  /** Machines over the desired number while rolling; 0 in `Recreate`. */
  readonly surge: number;
  /** Machines that may be missing while rolling. */
  readonly unavailable: number;
  /** Machines that a disruption budget lets be missing, whatever the reason; absent: there is none. */
  readonly disruptionBudget?: number;
  readonly minReadySeconds: number;
  /** Seconds that one batch may take. */
  readonly deadlineSeconds: number;
  /** Seconds between SIGTERM and SIGKILL, preStop included. */
  readonly graceSeconds: number;
  /** Running machines are left alone; new ones are of the new template (`OnDelete`). */
  readonly onDelete?: true;
}

export interface MachineRequirements {
  readonly origin: Origin;
  readonly architecture: 'amd64' | 'arm64';
  /** What the pod asks for, summed as the scheduler does: thousandths of a core, bytes, whole GPUs. */
  readonly requests: { readonly cpu: number; readonly memory: number; readonly gpus: number };
  /** Chosen by the user; absent: the smallest that holds the requests. */
  readonly instanceType?: string;
  /** Bytes of local disk that containers may write (ephemeral storage); absent: the default root volume. */
  readonly ephemeralStorage?: number;
  /** Availability zones that the pod is bound to; absent: all of the environment's. */
  readonly zones?: readonly string[];
}

export type Protocol = 'TCP' | 'UDP';

export interface OpenPort {
  readonly origin: Origin;
  readonly port: number;
  readonly protocol: Protocol;
}

/** Whom a network policy lets in, at which ports. */
export interface NetworkIngressRule {
  readonly origin: Origin;
  readonly peers: NetworkPeers;
  readonly ports: readonly PortRange[];
}

/** Whom a network policy lets a machine talk to. */
export interface NetworkEgressRule {
  readonly origin: Origin;
  readonly peers: NetworkPeers;
  /** Absent: at any, over any protocol. */
  readonly ports?: readonly PortRange[];
}

/** Everyone; all machines of the environment; the machines of these groups; these blocks of addresses. */
export type NetworkPeers =
  | { readonly kind: 'everyone' }
  | { readonly kind: 'environment' }
  | { readonly kind: 'groups'; readonly groups: readonly string[] }
  | { readonly kind: 'addresses'; readonly cidrs: readonly string[] };

export interface PortRange {
  readonly protocol: Protocol;
  readonly from: number;
  readonly to: number;
}

/** What the containers may do in the cloud; the agent's own rights are not here. */
export interface WorkloadIdentity {
  readonly origin: Origin;
  readonly serviceAccount: string;
  /** An existing role (`eks.amazonaws.com/role-arn`). */
  readonly role?: string;
}

export interface SecretRef {
  readonly origin: Origin;
  readonly namespace: string;
  readonly name: string;
  readonly optional: boolean;
}

/** A balancer that listens; several endpoints may share one while their ports differ. */
export interface LoadBalancer {
  readonly origin: Origin;
  /** `internal/1` for a shared one, else the key of the one endpoint that it is for. */
  readonly key: string;
  readonly visibility: Visibility;
  /** Position among the app's shared load balancers, from 1; absent where it is an endpoint's own. */
  readonly slot?: number;
  readonly crossZone: boolean;
}

export type Visibility = 'internal' | 'public';

/** A name under which machines are reached, and how. */
export interface Endpoint {
  readonly origin: Origin;
  /** `Service/default/web`, or the workload's key where it is exposed without a Service. */
  readonly key: string;
  readonly namespace: string;
  /** The name that users type: `<name>.<namespace>.svc.cluster.local`. */
  readonly name: string;
  readonly loadBalancer: string;
  /** Keys of the machine groups that serve it. */
  readonly backends: readonly string[];
  readonly ports: readonly EndpointPort[];
  /** Requests of one client go to one machine. */
  readonly sticky: boolean;
  /** The machine sees the client's own address. */
  readonly preserveClientAddress: boolean;
  /** CIDRs that may reach it from outside; empty: all, where it is public. */
  readonly sourceRanges: readonly string[];
  /** True where it also gets a public name, should there be a hosted zone. */
  readonly publicName: boolean;
}

export interface EndpointPort {
  readonly origin: Origin;
  readonly name?: string;
  /** `TCP_UDP` where a Service has both on one port. */
  readonly protocol: Protocol | 'TCP_UDP';
  readonly port: number;
  /** Ports listened on: the Service's, and an explicit nodePort. */
  readonly listenerPorts: readonly number[];
  readonly targetPort: number;
  /** TLS ends at the load balancer, with this certificate. */
  readonly certificate?: string;
}

/** A name that stands for the machines' own addresses (headless Service). */
export interface HeadlessService {
  readonly origin: Origin;
  /** `Service/default/db`. */
  readonly key: string;
  readonly namespace: string;
  readonly name: string;
  /** Keys of the machine groups that it stands for. */
  readonly backends: readonly string[];
  readonly ports: readonly EndpointPort[];
  /** Addresses of machines that are not ready are among them, too. */
  readonly publishNotReadyAddresses: boolean;
  /** It stands in the place of a load balancer (`via: dns`): its machines keep it whatever they are, and listen on the Service's own ports. */
  readonly replacesLoadBalancer?: true;
}

export type VolumeType = 'gp2' | 'gp3' | 'io1' | 'io2' | 'st1' | 'sc1';

/** What is made; the sizes are EBS's own units. */
export interface VolumeSpec {
  readonly type: VolumeType;
  readonly sizeGiB: number;
  readonly iops?: number;
  /** MiB/s. */
  readonly throughput?: number;
  /** Key id, ARN or alias; absent: the account's default key for EBS. */
  readonly kmsKeyId?: string;
  /** EBS snapshot that it is made from. */
  readonly snapshot?: string;
}

/** A load balancer that reads requests, and sends them by host and path. */
export interface Router {
  readonly origin: Origin;
  /** A group of Ingresses, or all Services of the app that are reached by host (`via: alb-host`). */
  readonly serves: 'ingresses' | 'services';
  /** What its parts are called after; unique among those that serve the same. */
  readonly name: string;
  readonly visibility: Visibility;
  /** CIDRs that may reach it; empty: all, where it is public, else the machines of the environment. */
  readonly sourceRanges: readonly string[];
  readonly listeners: readonly RouterListener[];
  /** The first that matches a request has it. */
  readonly routes: readonly Route[];
  /** Key of the backend for what no route matches; absent: it is answered with 404. */
  readonly fallback?: string;
  readonly backends: readonly RouterBackend[];
  /** Public names that lead to it. */
  readonly hosts: readonly PublicHost[];
  /** Services whose private names lead to it. */
  readonly services: readonly ServiceName[];
  readonly attributes: Readonly<Record<string, string>>;
}

export interface RouterListener {
  readonly origin: Origin;
  readonly port: number;
  /** TLS ends here, with one of these; absent: there is none. */
  readonly certificates?: readonly string[];
  /** Every request is sent to this port, over HTTPS. */
  readonly redirect?: number;
}

export interface Route {
  readonly origin: Origin;
  /** May begin with `*.`; absent: any. */
  readonly host?: string;
  /** In its place: the Service, by each name that its clients may type, at one port. */
  readonly service?: ServiceName & { readonly port: number };
  /** Patterns with `*` for any characters; empty: any path. */
  readonly paths: readonly string[];
  readonly backend: string;
}

/** A port of a Service, as a router reaches it. */
export interface RouterBackend {
  readonly origin: Origin;
  /** `default/web:80`. */
  readonly key: string;
  readonly namespace: string;
  readonly name: string;
  readonly port: number;
  readonly targetPort: number;
  /** Keys of the machine groups that serve it. */
  readonly groups: readonly string[];
  readonly protocol: 'HTTP' | 'HTTPS';
  readonly attributes: Readonly<Record<string, string>>;
}

export interface ServiceName {
  readonly origin: Origin;
  readonly namespace: string;
  readonly name: string;
}

export interface PublicHost {
  readonly origin: Origin;
  readonly name: string;
}

/** A disk that outlives machines. */
export interface Volume extends VolumeSpec {
  readonly origin: Origin;
  /** `PersistentVolumeClaim/default/data`. */
  readonly key: string;
  readonly claim: { readonly namespace: string; readonly name: string };
  /** Availability zone; a disk cannot leave it. */
  readonly zone: string;
  /** The group whose machine attaches it; absent where it is kept, though nothing uses it. */
  readonly group?: string;
  readonly reclaim: 'Delete' | 'Retain';
}

/** A name that stands for another name (ExternalName). */
export interface Alias {
  readonly origin: Origin;
  readonly namespace: string;
  readonly name: string;
  readonly target: string;
}

/** A Service that selects nothing in the input. */
export interface ExternalService {
  readonly origin: Origin;
  readonly namespace: string;
  readonly name: string;
  readonly selector: Readonly<Record<string, string>>;
  readonly ports: readonly { readonly port: number; readonly protocol: Protocol }[];
  /** It has no address of its own, and so leads to no load balancer. */
  readonly headless: boolean;
  /** What it leads to, by the context; empty where that is not known. */
  readonly loadBalancers: readonly ExternalLoadBalancer[];
}
