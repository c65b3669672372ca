// In which order stacks are begun, and what makes an order impossible.

export interface Node {
  readonly stackName: string;
  /** Names of the stacks that must have succeeded before. */
  readonly dependsOn: readonly string[];
}

export type Order = { readonly ok: true; readonly names: readonly string[] } | { readonly ok: false; readonly message: string };

/** Kahn's algorithm; among those that are ready, the order given. */
export function orderOf(nodes: readonly Node[]): Order {
  const names = new Set(nodes.map((node) => node.stackName));
  if (names.size !== nodes.length) return { ok: false, message: 'A stack is named twice.' };
  for (const node of nodes) {
    const unknown = node.dependsOn.find((each) => !names.has(each));
    if (unknown !== undefined) return { ok: false, message: `${node.stackName} depends on ${unknown}, which is not among them.` };
  }
  const done = new Set<string>();
  let left = nodes;
  while (left.length > 0) {
    const ready = left.filter((node) => node.dependsOn.every((each) => done.has(each)));
    if (ready.length === 0)
      return { ok: false, message: `These stacks wait for each other: ${left.map((node) => node.stackName).join(', ')}.` };
    for (const node of ready) done.add(node.stackName);
    left = left.filter((node) => !done.has(node.stackName));
  }
  return { ok: true, names: [...done] };
}

/** Reversed, for deletion: who depends on a stack goes first. */
export const reversed = <N extends Node>(nodes: readonly N[]): N[] =>
  nodes.map((node) => ({
    ...node,
    dependsOn: nodes.filter((other) => other.dependsOn.includes(node.stackName)).map((other) => other.stackName),
  }));
