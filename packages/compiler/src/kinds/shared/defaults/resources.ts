// The defaults of resource lists (cpu: 500m, memory: 1Gi), of containers and of whole pods.

import { addQuantities, type ParsedQuantity, parseQuantity, printQuantity, roundUpToMilli } from '../quantity.ts';
import { child, children, type JsonObject } from './jsonObject.ts';

/**
 * The defaults of resource lists (cpu: 500m, memory: 1Gi), wherever they occur. SetDefaults_ResourceList: Kubernetes
 * keeps at most thousandths. Values that need no rounding stay as written.
 */
export function roundResourceList(parent: JsonObject | undefined, key: string): void {
  const list = child(parent, key);
  for (const [name, text] of Object.entries(list ?? {})) {
    const amount = parseQuantity(text);
    if (!list || !amount) continue;
    const rounded = roundUpToMilli(amount);
    if (rounded.nanos !== amount.nanos) list[name] = printQuantity(rounded);
  }
}

/** The limits and the requests of a container, a pod or a claim. */
export function roundResources(parent: JsonObject | undefined): void {
  roundResourceList(parent, 'limits');
  roundResourceList(parent, 'requests');
}

/** Gives `to` each resource of `from` that it does not have, in the form in which Kubernetes writes it. */
export function addMissingResources(parent: JsonObject, to: string, from: JsonObject | undefined): void {
  const missing = Object.entries(from ?? {}).filter(([name]) => !Object.hasOwn(child(parent, to) ?? {}, name));
  if (missing.length > 0)
    parent[to] = {
      ...child(parent, to),
      ...Object.fromEntries(missing.map(([name, text]) => [name, canonicalText(text)])),
    };
}

function canonicalText(text: unknown): unknown {
  const amount = parseQuantity(text);
  return amount ? printQuantity(amount) : text;
}

const isHugePages = (name: string): boolean => name.startsWith('hugepages-');
const isOvercommittable = (name: string): boolean => name === 'cpu' || name === 'memory';

/**
 * The defaults of a whole pod's resources if its containers have more than the pod states. defaultHugePagePodLimits,
 * then defaultPodRequests: nothing unless the pod states any of its resources.
 */
export function setPodResourceDefaults(spec: JsonObject): void {
  const pod = child(spec, 'resources');
  if (!pod) return;
  const has = (key: string): boolean => Object.keys(child(pod, key) ?? {}).length > 0;
  if (has('limits') || has('requests')) {
    const requested = child(pod, 'requests') ?? {};
    const pages = aggregateAmounts(spec, 'limits').filter(
      ([name]) => isHugePages(name) && !Object.hasOwn(requested, name),
    );
    addMissingResources(pod, 'limits', printAmounts(pages));
  }
  if (!has('limits')) return;
  addMissingResources(
    pod,
    'requests',
    printAmounts(aggregateAmounts(spec, 'requests').filter(([name]) => isOvercommittable(name))),
  );
  const limits = Object.entries(child(pod, 'limits') ?? {}).filter(
    ([name]) => isOvercommittable(name) || isHugePages(name),
  );
  addMissingResources(pod, 'requests', Object.fromEntries(limits));
}

const printAmounts = (list: [string, ParsedQuantity][]): JsonObject =>
  Object.fromEntries(list.map(([name, amount]) => [name, printQuantity(amount)]));

/**
 * AggregateContainerRequests and -Limits: the sum of containers and sidecars, or the largest step of the start if
 * that is more, in which each init container runs beside the sidecars that started before it.
 */
function aggregateAmounts(spec: JsonObject, key: 'limits' | 'requests'): [string, ParsedQuantity][] {
  const total = new Map<string, ParsedQuantity>();
  for (const object of children(spec, 'containers')) addAmounts(total, amountsOf(object, key));
  const sidecars = new Map<string, ParsedQuantity>();
  const start = new Map<string, ParsedQuantity>();
  for (const object of children(spec, 'initContainers')) {
    const list = amountsOf(object, key);
    const ownAmounts = new Map<string, ParsedQuantity>();
    if (object.restartPolicy === 'Always') {
      addAmounts(total, list);
      addAmounts(sidecars, list);
    } else addAmounts(ownAmounts, list);
    addAmounts(ownAmounts, sidecars);
    raiseAmounts(start, ownAmounts);
  }
  raiseAmounts(total, start);
  return [...total];
}

function amountsOf(object: JsonObject, key: string): [string, ParsedQuantity][] {
  return Object.entries(child(child(object, 'resources'), key) ?? {}).flatMap(([name, text]) => {
    const amount = parseQuantity(text);
    return amount ? [[name, amount] satisfies [string, ParsedQuantity]] : [];
  });
}

function addAmounts(to: Map<string, ParsedQuantity>, list: Iterable<[string, ParsedQuantity]>): void {
  for (const [name, amount] of list) {
    const present = to.get(name);
    to.set(name, present ? addQuantities(present, amount) : amount);
  }
}

function raiseAmounts(to: Map<string, ParsedQuantity>, list: Iterable<[string, ParsedQuantity]>): void {
  for (const [name, amount] of list) {
    const present = to.get(name);
    if (!present || amount.nanos > present.nanos) to.set(name, amount);
  }
}
