// A stack as a graph: nodes, traffic and volume edges; every drawing is made from it.

import { compareText } from '@i2kit/common';
import { resolvedTemplate, type TemplateInput } from '../comparison.ts';
import { referencesIn } from '../diff/references.ts';
import type { Template } from '../template.ts';
import { loadBalancerEdges } from './loadBalancerEdges.ts';
import { networkEdges } from './networkEdges.ts';
import { dnsNamesByNode, loadBalancerNodes, machineNodes, nodeKeyOf, resourcesOfType, volumeNodes } from './nodes.ts';

// A stack as nodes and edges: what there is, and who may talk to whom; the form that every drawing is made from.

export type NodeKind = 'outside' | 'balancer' | 'machines' | 'volume';

export interface Node {
  /** `n1`, `n2`, …: nothing that anybody wrote. */
  readonly id: string;
  readonly sort: NodeKind;
  /** `Deployment/web`. */
  readonly title: string;
  /** `3 × t3.micro`, `web.example.com`. */
  readonly lines: readonly string[];
}

export interface Edge {
  readonly from: string;
  readonly to: string;
  /** `tcp/80`; empty for a disk. */
  readonly labels: readonly string[];
  readonly sort: 'traffic' | 'disk';
}

export interface Graph {
  readonly stack: string;
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
}

/** A node before it has an id: `key` is the object, the logical id or the address that it stands for. */
export interface KeyedNode extends Omit<Node, 'id'> {
  readonly key: string;
}

/** Between keys; the thing outside that it begins at, where it is one. */
export interface KeyedEdge extends Omit<Edge, 'labels'> {
  readonly label: string;
  readonly outside?: KeyedNode;
}

/** The same template gives the same graph. */
export const graphOf = (stack: string, side: TemplateInput): Graph => graphOfTemplate(stack, resolvedTemplate(side));

/** Of a template that is settled already, as a comparison has it. */
export function graphOfTemplate(stack: string, template: Template): Graph {
  const links = [...networkEdges(template), ...loadBalancerEdges(template), ...volumeEdges(template)];
  const named = dnsNamesByNode(template);
  const things = [
    ...links.flatMap(({ outside }) => outside ?? []),
    ...loadBalancerNodes(template),
    ...machineNodes(template),
    ...volumeNodes(template),
  ];
  const known = new Map(things.map((thing) => [thing.key, thing]));
  const sorted = [...known.values()].sort(
    (a, b) =>
      nodeKinds.indexOf(a.sort) - nodeKinds.indexOf(b.sort) ||
      compareText(a.title, b.title) ||
      compareText(a.key, b.key),
  );
  const ids = new Map(sorted.map(({ key }, at) => [key, `n${at + 1}`]));
  const nodes = sorted.map(({ key, sort, title, lines }) => {
    return { id: ids.get(key) ?? '', sort, title, lines: [...lines, ...abbreviatedNames(named.get(key) ?? [])] };
  });
  return { stack, nodes, edges: mergedEdges(links, ids) };
}

const nodeKinds: readonly NodeKind[] = ['outside', 'balancer', 'machines', 'volume'];

/** One for each pair, with all that goes that way. */
function mergedEdges(links: readonly KeyedEdge[], ids: ReadonlyMap<string, string>): readonly Edge[] {
  const edges = new Map<string, Edge>();
  for (const { from: tail, to: head, sort, label } of links) {
    const [from, to] = [ids.get(tail), ids.get(head)];
    if (from === undefined || to === undefined) continue;
    const labels = new Set([...(edges.get(`${from} ${to}`)?.labels ?? []), ...(label ? [label] : [])]);
    edges.set(`${from} ${to}`, { from, to, sort, labels: [...labels].sort(compareText) });
  }
  const at = (id: string) => Number(id.slice(1));
  return [...edges.values()].sort((a, b) => at(a.from) - at(b.from) || at(a.to) - at(b.to));
}

/** A node is no list: of many names the first are told, and how many there are. */
function abbreviatedNames(all: readonly string[]): readonly string[] {
  const different = [...new Set(all)];
  return different.length <= 4 ? different : [...different.slice(0, 3), `and ${different.length - 3} more names`];
}

// Which machines mount which disks: those whose payload names them.

export const volumeEdges = (template: Template): readonly KeyedEdge[] =>
  [
    ...resourcesOfType(template, 'AWS::EC2::LaunchTemplate'),
    ...resourcesOfType(template, 'AWS::EC2::Instance'),
  ].flatMap(([id, resource]) =>
    referencesIn(resource.Properties ?? {}).flatMap(({ to }) =>
      template.Resources[to]?.Type === 'AWS::EC2::Volume'
        ? [{ from: nodeKeyOf(id, resource), to, sort: 'disk', label: '' } as const]
        : [],
    ),
  );
