// The defaults of lists of resources (cpu: 500m, memory: 1Gi), wherever they stand.
import { child, type JsonObject } from './json.ts';
import { parseQuantity, printQuantity, roundToMilli } from './quantity.ts';

/** SetDefaults_ResourceList: Kubernetes keeps no more than thousandths. What needs no rounding stays as it is written. */
export function resourceList(parent: JsonObject | undefined, key: string): void {
  const list = child(parent, key);
  for (const [name, text] of Object.entries(list ?? {})) {
    const amount = parseQuantity(text);
    if (!list || !amount) continue;
    const rounded = roundToMilli(amount);
    if (rounded.nano !== amount.nano) list[name] = printQuantity(rounded);
  }
}

/** The limits and the requests of a container, a pod or a claim. */
export function resources(parent: JsonObject | undefined): void {
  resourceList(parent, 'limits');
  resourceList(parent, 'requests');
}

/** Gives `to` each resource of `from` that it does not have, in the form in which Kubernetes writes it. */
export function addMissing(parent: JsonObject, to: string, from: JsonObject | undefined): void {
  const missing = Object.entries(from ?? {}).filter(([name]) => !Object.hasOwn(child(parent, to) ?? {}, name));
  if (missing.length > 0)
    parent[to] = { ...child(parent, to), ...Object.fromEntries(missing.map(([name, text]) => [name, canonical(text)])) };
}

function canonical(text: unknown): unknown {
  const amount = parseQuantity(text);
  return amount ? printQuantity(amount) : text;
}
