// A graph as a Mermaid flowchart, which GitHub draws in Markdown.
import { harmless } from '../render/harmless.ts';
import type { Graph, Node, Sort } from './model.ts';

const shapes: Readonly<Record<Sort, readonly [open: string, close: string]>> = {
  outside: ['([', '])'],
  balancer: ['{{', '}}'],
  machines: ['[', ']'],
  volume: ['[(', ')]'],
};

export function mermaid(graphs: readonly Graph[]): string {
  return `${['flowchart LR', ...graphs.flatMap((graph, at) => drawn(graph, graphs.length === 1 ? '' : `s${at + 1}`))].join('\n')}\n`;
}

function drawn({ stack, nodes, edges }: Graph, prefix: string): readonly string[] {
  const node = ({ id, sort, title, lines }: Node) => {
    const [open, close] = shapes[sort];
    return `  ${prefix}${id}${open}"${[title, ...lines].map(escaped).join('<br>')}"${close}`;
  };
  const edge = ({ from, to, labels, sort }: Graph['edges'][number]) => {
    const text = labels.length > 0 ? `|"${labels.map(escaped).join('<br>')}"|` : '';
    return `  ${prefix}${from} ${sort === 'disk' ? '-.-' : '-->'}${text} ${prefix}${to}`;
  };
  const all = [...nodes.map(node), ...edges.map(edge)];
  return prefix === '' ? all : [`  subgraph ${prefix}["${escaped(stack)}"]`, ...all.map((line) => `  ${line}`), '  end'];
}

/** Whatever is no letter of a plain name becomes an entity as Mermaid writes them: nothing ends a label, or becomes markup in it. */
const escaped = (text: string): string =>
  harmless(text).replace(/[^\p{L}\p{N} ./:,()×→…*-]|\*/gu, (character) => `#${character.codePointAt(0)};`);
