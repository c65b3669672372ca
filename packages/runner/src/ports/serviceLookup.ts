// Looks up the machine groups of an environment by their tags, and the load balancers in front of them.

/** A machine group of a stack. */
export interface TaggedMachineGroup {
  /** `Deployment/default/db` */
  readonly object: string;
  readonly namespace: string;
  readonly stack: string;
  /** Labels of its pods. */
  readonly labels: Readonly<Record<string, string>>;
  readonly targetGroups: readonly string[];
}

/** A port on which a load balancer listens, and the target groups that it forwards to. */
export interface LoadBalancerListener {
  readonly port: number;
  /** `TCP`, `TLS`, `UDP`, `TCP_UDP` */
  readonly protocol: string;
  readonly targetGroups: readonly string[];
}

export interface ReachableLoadBalancer {
  readonly dnsName: string;
  /** Id of the name's hosted zone. */
  readonly zone: string;
  readonly internal: boolean;
  readonly listeners: readonly LoadBalancerListener[];
}

export interface ServiceLookupPort {
  listGroups(env: string): Promise<readonly TaggedMachineGroup[]>;
  /** The load balancers of target groups. */
  listLoadBalancers(targetGroups: readonly string[]): Promise<readonly ReachableLoadBalancer[]>;
  /**
   * `Service/default/db of prod-data`: the owner of the load balancer with this name, by its tags; undefined if the account has no such load balancer.
   */
  findOwner(dnsName: string): Promise<string | undefined>;
}
