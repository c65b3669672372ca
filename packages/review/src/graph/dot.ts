// Renders a graph as DOT for Graphviz; its classes let a page choose colours.
import { escapeInvisible } from '@i2kit/common';
import type { Edge, Graph, Node, NodeKind } from './types.ts';

const nodeStyles: Readonly<Record<NodeKind, string>> = {
  outside: 'shape=box, style="rounded,dashed", color="#57606a"',
  balancer: 'shape=box, style="rounded,filled", fillcolor="#ddf4ff", color="#0550ae"',
  machines: 'shape=box, style=filled, fillcolor="#f6f8fa", color="#1b1f24"',
  volume: 'shape=cylinder, style=filled, fillcolor="#fff8c5", color="#7d4e00"',
};

export function dot(graphs: readonly Graph[]): string {
  const font = 'fontname="Helvetica,Arial,sans-serif"';
  const parts = graphs.flatMap((graph, at) => graphLines(graph, graphs.length === 1 ? '' : `s${at + 1}`));
  return `digraph {
  graph [rankdir=LR, bgcolor=transparent, nodesep=0.25, ranksep=0.5, ${font}];
  node [${font}, fontsize=11, margin="0.3,0.1"];
  edge [${font}, fontsize=9, color="#57606a"];
${parts.map((line) => `  ${line}`).join('\n')}
}
`;
}

function graphLines({ stack, nodes, edges }: Graph, prefix: string): readonly string[] {
  const node = ({ id, kind, title, lines }: Node) =>
    `${prefix}${id} [label=${quoted([title, ...lines])}, class=${kind}, ${nodeStyles[kind]}];`;
  const edge = ({ from, to, labels, kind }: Edge) => {
    const look = kind === 'disk' ? ', style=dashed, dir=none' : '';
    return `${prefix}${from} -> ${prefix}${to} [label=${quoted(labels)}${look}];`;
  };
  const all = [...nodes.map(node), ...edges.map(edge)];
  return prefix === ''
    ? all
    : [`subgraph cluster_${prefix} {`, `  label=${quoted([stack])};`, ...all.map((line) => `  ${line}`), '}'];
}

/** Graphviz interprets escapes and entities in strings. */
const quoted = (lines: readonly string[]): string =>
  `"${lines.map((line) => escapeInvisible(line).replace(/&/g, '&amp;').replace(/[\\"]/g, '\\$&')).join('\\n')}"`;
