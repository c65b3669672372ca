// The intermediate representation: machine groups, endpoints and volumes with resolved references, independent of
// AWS.
import type { ObjectRef, Path } from './diagnostic.ts';
import type { Pod } from './generated/agent-v1.ts';
import type { ExternalLoadBalancer, ImageChoice } from './options.ts';

/** Place in the input that a node comes from. */
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
  /** Service variables of containers by namespace: `{ default: { WEB_SERVICE_PORT: "80", … } }`. */
  readonly serviceVariables: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Identical machines, each running one pod. */
export interface MachineGroup {
  readonly origin: Origin;
  /** `Deployment/default/web`, `StatefulSet/default/db/0`; unique in a plan, and used to refer to the group. */
  readonly key: string;
  /** Set for StatefulSets: one group of one machine for each ordinal. */
  readonly ordinal?: Ordinal;
  readonly replicas: ReplicaCount;
  readonly rollout: Rollout;
  /** Set if the size follows the load; `replicas` is then the minimum. */
  readonly scaling?: Scaling;
  /**
   * Set if the pod runs to completion, and the machine with it; `replicas` then counts completions. Default:
   * long-running.
   */
  readonly job?: Job;
  readonly pod: Pod;
  readonly machine: MachineRequirements;
  /** Image references of all containers as written in the manifests, sorted, without duplicates. */
  readonly images: readonly string[];
  /** Default: not built yet; a template parameter provides it. */
  readonly image?: ImageChoice;
  /** Ports that its security group opens: declared container ports, and Service target ports. */
  readonly ports: readonly OpenPort[];
  /** Network policy rules for ingress; default: all machines of the environment may connect. */
  readonly ingressRules?: readonly NetworkIngressRule[];
  /** Network policy rules for egress, besides the agent's needs; default: all destinations. */
  readonly egressRules?: readonly NetworkEgressRule[];
  readonly identity: WorkloadIdentity;
  /** Names of the secrets that the pod refers to, sorted. */
  readonly secrets: readonly SecretRef[];
  /** Labels of the pod template, for tags. */
  readonly labels: Readonly<Record<string, string>>;
}

export interface Scaling {
  readonly origin: Origin;
  /** Maximum number of machines. */
  readonly maxMachines: number;
  readonly metrics: readonly ScalingMetric[];
}

/**
 * A target for an average: percent of CPU requests or cores, percent of memory requests or bytes, requests per
 * second.
 */
export interface ScalingMetric {
  readonly origin: Origin;
  readonly name: 'cpu' | 'memory' | 'requests';
  readonly unit: 'percent' | 'amount';
  readonly target: number;
}

/** A pod that runs to completion. */
export interface Job {
  readonly origin: Origin;
  /** Restarts of the pod before it counts as failed. */
  readonly backoffLimit: number;
  /** Machines that run at the same time. */
  readonly parallelism: number;
  /** Set for a CronJob; default: runs once for each content of its template. */
  readonly schedule?: Schedule;
}

export interface Schedule {
  readonly origin: Origin;
  /** Minute, hour, day, month and weekday, each `*` or comma-separated numbers. */
  readonly recurrence: string;
  /** IANA name; default: UTC. */
  readonly timeZone?: string;
  readonly suspended: boolean;
}

/** Ordinal of a StatefulSet's machine, with the identity that survives its replacement. */
export interface Ordinal {
  readonly index: number;
  /** Name of the pod and of the machine, `db-0`. */
  readonly name: string;
  /** Name of the headless Service that `name` is looked up in; default: none. */
  readonly service?: string;
  /** Key of the group that must be ready before this one starts. */
  readonly startAfter?: string;
}

/** A number with its place in the source. */
export interface ReplicaCount {
  readonly origin: Origin;
  readonly count: number;
}

/** Absolute numbers of machines: percentages are rounded as Kubernetes does. */
export interface Rollout {
  readonly origin: Origin;
  /** Machines above the desired number during a rolling update; 0 for `Recreate`. */
  readonly maxSurge: number;
  /** Machines that may be missing during a rolling update. */
  readonly maxUnavailable: number;
  /** Machines that a disruption budget allows to be missing for any reason; default: no budget. */
  readonly disruptionBudget?: number;
  readonly minReadySeconds: number;
  /** Time limit of one batch, in seconds. */
  readonly deadlineSeconds: number;
  /** Seconds between SIGTERM and SIGKILL, including preStop. */
  readonly graceSeconds: number;
  /** Running machines are kept; only new ones use the new template (`OnDelete`). */
  readonly onDelete?: true;
}

export interface MachineRequirements {
  readonly origin: Origin;
  readonly architecture: 'amd64' | 'arm64';
  /** Requests of the pod, summed as the scheduler does: thousandths of a core, bytes, whole GPUs. */
  readonly requests: { readonly cpu: number; readonly memory: number; readonly gpus: number };
  /** Limits of the running containers, summed: thousandths of a core, bytes. Undefined if one of them has none. */
  readonly limits: { readonly cpu: number | undefined; readonly memory: number | undefined };
  /** The user's choice; default: the smallest type that fits the requests. */
  readonly instanceType?: string;
  /** Bytes of local disk for containers (ephemeral storage); default: the default root volume. */
  readonly ephemeralStorage?: number;
  /** Availability zones that the pod is restricted to; default: all zones of the environment. */
  readonly zones?: readonly string[];
}

export type Protocol = 'TCP' | 'UDP';

export interface OpenPort {
  readonly origin: Origin;
  readonly port: number;
  readonly protocol: Protocol;
}

/** Peers that a network policy allows to connect, and the ports. */
export interface NetworkIngressRule {
  readonly origin: Origin;
  readonly peers: NetworkPeers;
  readonly ports: readonly PortRange[];
}

/** Peers that a network policy allows a machine to connect to. */
export interface NetworkEgressRule {
  readonly origin: Origin;
  readonly peers: NetworkPeers;
  /** Default: all ports and protocols. */
  readonly ports?: readonly PortRange[];
}

/** Everyone; all machines of the environment; machines of the named groups; address blocks. */
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

/** Cloud permissions of the containers, apart from the agent's. */
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

/** A network load balancer; several endpoints may share one while their ports differ. */
export interface LoadBalancer {
  readonly origin: Origin;
  /** `internal/1` for a shared one, else the key of its only endpoint. */
  readonly key: string;
  readonly visibility: Visibility;
  /** Position among the app's shared load balancers, from 1; absent if it belongs to one endpoint. */
  readonly slot?: number;
  readonly crossZone: boolean;
}

export type Visibility = 'internal' | 'public';

/** A name by which machines are reached. */
export interface Endpoint {
  readonly origin: Origin;
  /** `Service/default/web`, or the workload's key if it is exposed without a Service. */
  readonly key: string;
  readonly namespace: string;
  /** The name that clients use: `<name>.<namespace>.svc.cluster.local`. */
  readonly name: string;
  readonly loadBalancer: string;
  /** Keys of the machine groups behind it. */
  readonly backends: readonly string[];
  readonly ports: readonly EndpointPort[];
  /** Requests of one client go to one machine. */
  readonly sticky: boolean;
  /** Machines see the client's own address. */
  readonly preserveClientAddress: boolean;
  /** CIDRs that may connect from outside; empty: all if it is public. */
  readonly sourceRanges: readonly string[];
  /** True if it gets a public name, provided that there is a hosted zone. */
  readonly publicName: boolean;
}

export interface EndpointPort {
  readonly origin: Origin;
  readonly name?: string;
  /** `TCP_UDP` if a Service has both on one port. */
  readonly protocol: Protocol | 'TCP_UDP';
  readonly port: number;
  /** Listener ports: the Service's port, and an explicit nodePort. */
  readonly listenerPorts: readonly number[];
  readonly targetPort: number;
  /** Certificate for TLS that ends at the load balancer. */
  readonly certificate?: string;
}

/** A name that resolves to the machines' own addresses (headless Service). */
export interface HeadlessService {
  readonly origin: Origin;
  /** `Service/default/db`. */
  readonly key: string;
  readonly namespace: string;
  readonly name: string;
  /** Keys of the machine groups behind it. */
  readonly backends: readonly string[];
  readonly ports: readonly EndpointPort[];
  /** Includes addresses of machines that are not ready. */
  readonly publishNotReadyAddresses: boolean;
  /**
   * Replaces a load balancer (`via: dns`): agents maintain the record for all kinds of machines, which listen on the
   * Service's own ports.
   */
  readonly replacesLoadBalancer?: true;
}

export type VolumeType = 'gp2' | 'gp3' | 'io1' | 'io2' | 'st1' | 'sc1';

/** Specification of a volume, in EBS's units. */
export interface VolumeSpec {
  readonly type: VolumeType;
  readonly sizeGiB: number;
  readonly iops?: number;
  /** MiB/s. */
  readonly throughput?: number;
  /** Key id, ARN or alias; default: the account's default key for EBS. */
  readonly kmsKeyId?: string;
  /** EBS snapshot to create it from. */
  readonly snapshot?: string;
}

/** An application load balancer, which forwards requests by host and path. */
export interface Router {
  readonly origin: Origin;
  /** A group of Ingresses, or all Services of the app reached by host (`via: alb-host`). */
  readonly serves: 'ingresses' | 'services';
  /** Base of its logical ids; unique among routers that serve the same. */
  readonly name: string;
  readonly visibility: Visibility;
  /** CIDRs that may connect; empty: all if it is public, else the machines of the environment. */
  readonly sourceRanges: readonly string[];
  readonly listeners: readonly RouterListener[];
  /** The first match wins. */
  readonly routes: readonly Route[];
  /** Key of the backend for requests without a match; default: responds with 404. */
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
  /** TLS ends here, with one of these; default: plain HTTP. */
  readonly certificates?: readonly string[];
  /** Redirects every request to this port, over HTTPS. */
  readonly redirect?: number;
}

export interface Route {
  readonly origin: Origin;
  /** May begin with `*.`; default: any host. */
  readonly host?: string;
  /** Instead of a host: all names of the Service that clients may use, at one port. */
  readonly service?: ServiceName & { readonly port: number };
  /** Patterns with `*` for any characters; empty: any path. */
  readonly paths: readonly string[];
  readonly backend: string;
}

/** A port of a Service behind a router. */
export interface RouterBackend {
  readonly origin: Origin;
  /** `default/web:80`. */
  readonly key: string;
  readonly namespace: string;
  readonly name: string;
  readonly port: number;
  readonly targetPort: number;
  /** Keys of the machine groups behind it. */
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

/** A volume that outlives machines. */
export interface Volume extends VolumeSpec {
  readonly origin: Origin;
  /** `PersistentVolumeClaim/default/data`. */
  readonly key: string;
  readonly claim: { readonly namespace: string; readonly name: string };
  /** Availability zone; a volume cannot leave it. */
  readonly zone: string;
  /** The group whose machine attaches it; absent if the volume is retained without a user. */
  readonly group?: string;
  readonly reclaim: 'Delete' | 'Retain';
}

/** An alias for another name (ExternalName). */
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
  /** A headless Service has no address, and so no load balancer. */
  readonly headless: boolean;
  /** Load balancers known from the context; empty if unknown. */
  readonly loadBalancers: readonly ExternalLoadBalancer[];
}
