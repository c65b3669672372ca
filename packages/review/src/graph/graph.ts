// A stack as a graph: nodes, traffic and volume edges; every drawing is made from it.

import { compareText } from '@i2kit/common';
import { resolvedTemplate, type TemplateInput } from '../comparison.ts';
import { referencesIn } from '../diff/references.ts';
import type { Template } from '../template.ts';
import { loadBalancerEdges } from './loadBalancerEdges.ts';
import { networkEdges } from './networkEdges.ts';
import { dnsNamesByNode, loadBalancerNodes, machineNodes, nodeKeyOf, resourcesOfType, volumeNodes } from './nodes.ts';
import type { Edge, Graph, KeyedEdge, NodeKind } from './types.ts';

/** The same template gives the same graph. */
export const graphOf = (stack: string, side: TemplateInput): Graph => graphOfTemplate(stack, resolvedTemplate(side));

/** Expects a resolved template. */
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
      nodeKinds.indexOf(a.kind) - nodeKinds.indexOf(b.kind) ||
      compareText(a.title, b.title) ||
      compareText(a.key, b.key),
  );
  const ids = new Map(sorted.map(({ key }, at) => [key, `n${at + 1}`]));
  const nodes = sorted.map(({ key, kind, title, lines }) => {
    return { id: ids.get(key) ?? '', kind, title, lines: [...lines, ...abbreviatedNames(named.get(key) ?? [])] };
  });
  return { stack, nodes, edges: mergedEdges(links, ids) };
}

const nodeKinds: readonly NodeKind[] = ['outside', 'balancer', 'machines', 'volume'];

/** One edge per pair of nodes, with all labels. */
function mergedEdges(links: readonly KeyedEdge[], ids: ReadonlyMap<string, string>): readonly Edge[] {
  const edges = new Map<string, Edge>();
  for (const { from: tail, to: head, kind, label } of links) {
    const [from, to] = [ids.get(tail), ids.get(head)];
    if (from === undefined || to === undefined) continue;
    const labels = new Set([...(edges.get(`${from} ${to}`)?.labels ?? []), ...(label ? [label] : [])]);
    edges.set(`${from} ${to}`, { from, to, kind, labels: [...labels].sort(compareText) });
  }
  const at = (id: string) => Number(id.slice(1));
  return [...edges.values()].sort((a, b) => at(a.from) - at(b.from) || at(a.to) - at(b.to));
}

/** The first names and the number of the others. */
function abbreviatedNames(all: readonly string[]): readonly string[] {
  const different = [...new Set(all)];
  return different.length <= 4 ? different : [...different.slice(0, 3), `and ${different.length - 3} more names`];
}

/** Edges from volumes to the machines whose payload names them. */
export const volumeEdges = (template: Template): readonly KeyedEdge[] =>
  [
    ...resourcesOfType(template, 'AWS::EC2::LaunchTemplate'),
    ...resourcesOfType(template, 'AWS::EC2::Instance'),
  ].flatMap(([id, resource]) =>
    referencesIn(resource.Properties ?? {}).flatMap(({ to }) =>
      template.Resources[to]?.Type === 'AWS::EC2::Volume'
        ? [{ from: nodeKeyOf(id, resource), to, kind: 'disk', label: '' } as const]
        : [],
    ),
  );
