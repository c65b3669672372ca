// What serves in an environment: machine groups by their tags, and the load balancers in front of them.

/** A machine group of some stack. */
export interface ServingGroup {
  /** `Deployment/default/db` */
  readonly object: string;
  readonly namespace: string;
  readonly stack: string;
  /** Labels of its pods. */
  readonly labels: Readonly<Record<string, string>>;
  readonly targetGroups: readonly string[];
}

/** A port on which a load balancer listens, and the target groups that it leads to. */
export interface ServingPort {
  readonly port: number;
  /** `TCP`, `TLS`, `UDP`, `TCP_UDP` */
  readonly protocol: string;
  readonly targetGroups: readonly string[];
}

export interface ServingBalancer {
  readonly dnsName: string;
  /** Id of the hosted zone of that name. */
  readonly zone: string;
  readonly internal: boolean;
  readonly ports: readonly ServingPort[];
}

export interface EnvironmentPort {
  groups(env: string): Promise<readonly ServingGroup[]>;
  /** The load balancers of target groups. */
  balancers(targetGroups: readonly string[]): Promise<readonly ServingBalancer[]>;
  /** `Service/default/db of prod-data`: whose load balancer has this name, by its tags; undefined where none of the account's has. */
  ownerOf(dnsName: string): Promise<string | undefined>;
}
