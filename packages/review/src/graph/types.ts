// The types of a graph: nodes, edges, and both before they have ids.

export type NodeKind = 'outside' | 'balancer' | 'machines' | 'volume';

export interface Node {
  /** `n1`, `n2`, …: safe in every format. */
  readonly id: string;
  readonly kind: NodeKind;
  /** `Deployment/web`. */
  readonly title: string;
  /** `3 × t3.micro`, `web.example.com`. */
  readonly lines: readonly string[];
}

export interface Edge {
  readonly from: string;
  readonly to: string;
  /** `tcp/80`; empty for a volume. */
  readonly labels: readonly string[];
  readonly kind: 'traffic' | 'disk';
}

export interface Graph {
  readonly stack: string;
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
}

/** A node without an id: `key` is the object, logical id or address that it stands for. */
export interface KeyedNode extends Omit<Node, 'id'> {
  readonly key: string;
}

/** `from` and `to` are keys; `outside` is the node outside of the stack at which the edge begins. */
export interface KeyedEdge extends Omit<Edge, 'labels'> {
  readonly label: string;
  readonly outside?: KeyedNode;
}
