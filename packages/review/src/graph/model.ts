// A stack as nodes and edges: what there is, and who may talk to whom; the form that every drawing is made from.
import { readable, type Side } from '../comparison.ts';
import type { Template } from '../template.ts';
import { disks } from './disks.ts';
import { names } from './names.ts';
import { permitted } from './permitted.ts';
import { routed } from './routed.ts';
import { balancers, machines, volumes } from './things.ts';

export type Sort = 'outside' | 'balancer' | 'machines' | 'volume';

export interface Node {
  /** `n1`, `n2`, …: nothing that anybody wrote. */
  readonly id: string;
  readonly sort: Sort;
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
export interface Thing extends Omit<Node, 'id'> {
  readonly key: string;
}

/** Between keys; the thing outside that it begins at, where it is one. */
export interface Link extends Omit<Edge, 'labels'> {
  readonly label: string;
  readonly outside?: Thing;
}

/** The same template gives the same graph. */
export const graphOf = (stack: string, side: Side): Graph => graphIn(stack, readable(side));

/** Of a template that is settled already, as a comparison has it. */
export function graphIn(stack: string, template: Template): Graph {
  const links = [...permitted(template), ...routed(template), ...disks(template)];
  const named = names(template);
  const things = [...links.flatMap(({ outside }) => outside ?? []), ...balancers(template), ...machines(template), ...volumes(template)];
  const known = new Map(things.map((thing) => [thing.key, thing]));
  const sorted = [...known.values()].sort(
    (a, b) => sorts.indexOf(a.sort) - sorts.indexOf(b.sort) || order(a.title, b.title) || order(a.key, b.key),
  );
  const ids = new Map(sorted.map(({ key }, at) => [key, `n${at + 1}`]));
  const nodes = sorted.map(({ key, sort, title, lines }) => {
    return { id: ids.get(key) ?? '', sort, title, lines: [...lines, ...inShort(named.get(key) ?? [])] };
  });
  return { stack, nodes, edges: edgesOf(links, ids) };
}

const sorts: readonly Sort[] = ['outside', 'balancer', 'machines', 'volume'];

/** One for each pair, with all that goes that way. */
function edgesOf(links: readonly Link[], ids: ReadonlyMap<string, string>): readonly Edge[] {
  const edges = new Map<string, Edge>();
  for (const { from: tail, to: head, sort, label } of links) {
    const [from, to] = [ids.get(tail), ids.get(head)];
    if (from === undefined || to === undefined) continue;
    const labels = new Set([...(edges.get(`${from} ${to}`)?.labels ?? []), ...(label ? [label] : [])]);
    edges.set(`${from} ${to}`, { from, to, sort, labels: [...labels].sort(order) });
  }
  const at = (id: string) => Number(id.slice(1));
  return [...edges.values()].sort((a, b) => at(a.from) - at(b.from) || at(a.to) - at(b.to));
}

/** A node is no list: of many names the first are told, and how many there are. */
function inShort(all: readonly string[]): readonly string[] {
  const different = [...new Set(all)];
  return different.length <= 4 ? different : [...different.slice(0, 3), `and ${different.length - 3} more names`];
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
