// Renders a graph as a Mermaid flowchart, which GitHub draws in Markdown.
import { escapeInvisible } from '@i2kit/common';
import type { Graph, Node, NodeKind } from './types.ts';

const nodeShapes: Readonly<Record<NodeKind, readonly [open: string, close: string]>> = {
  outside: ['([', '])'],
  balancer: ['{{', '}}'],
  machines: ['[', ']'],
  volume: ['[(', ')]'],
};

export function mermaid(graphs: readonly Graph[]): string {
  return `${['flowchart LR', ...graphs.flatMap((graph, at) => graphLines(graph, graphs.length === 1 ? '' : `s${at + 1}`))].join('\n')}\n`;
}

function graphLines({ stack, nodes, edges }: Graph, prefix: string): readonly string[] {
  const node = ({ id, kind, title, lines }: Node) => {
    const [open, close] = nodeShapes[kind];
    return `  ${prefix}${id}${open}"${[title, ...lines].map(escapeMermaid).join('<br>')}"${close}`;
  };
  const edge = ({ from, to, labels, kind }: Graph['edges'][number]) => {
    const text = labels.length > 0 ? `|"${labels.map(escapeMermaid).join('<br>')}"|` : '';
    return `  ${prefix}${from} ${kind === 'disk' ? '-.-' : '-->'}${text} ${prefix}${to}`;
  };
  const all = [...nodes.map(node), ...edges.map(edge)];
  return prefix === ''
    ? all
    : [`  subgraph ${prefix}["${escapeMermaid(stack)}"]`, ...all.map((line) => `  ${line}`), '  end'];
}

/** Characters other than those of plain names become entities: no text can end a label or add markup. */
const escapeMermaid = (text: string): string =>
  escapeInvisible(text).replace(/[^\p{L}\p{N} ./:,()×→…*-]|\*/gu, (character) => `#${character.codePointAt(0)};`);
