// Writes the tables and the graph of README.md, each between `<!-- name -->` and `<!-- /name -->`.
import { code, plain, table } from './markdown.mjs';

const tables = { graph, kinds };

export function readme(known, text) {
  return Object.entries(tables).reduce((page, [name, make]) => between(page, name, make(known)), text);
}

function between(page, name, body) {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [page.indexOf(open), page.indexOf(close)];
  if (from < 0 || to < from) throw new Error(`README.md has no ${open} … ${close}`);
  return `${page.slice(0, from + open.length)}\n\n${body}\n\n${page.slice(to)}`;
}

function kinds({ kinds: all, unsupportedKinds }) {
  const rows = Object.entries(all).map(([kind, { becomes }]) => [
    `[${kind}](docs/kubernetes.md#${kind.toLowerCase()})`,
    plain(becomes),
  ]);
  const count = (verdict) =>
    Object.keys(unsupportedKinds).filter((kind) => unsupportedKinds[kind].verdict === verdict).length;
  return [
    table(['Kubernetes', 'AWS'], rows),
    `[${count('refused')} other kinds](docs/kubernetes.md#other-kinds), such as ${code('DaemonSet')}, are refused with a reason and ` +
      `an alternative; ${count('warned')}, such as ${code('ClusterRole')}, are skipped with a warning.`,
  ].join('\n\n');
}

function graph({ graphOf, mermaid, voting }) {
  return `\`\`\`mermaid\n${mermaid([graphOf('default-voting', { template: voting })])}\`\`\``;
}
