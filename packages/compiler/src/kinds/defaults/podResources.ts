// What the resources of a whole pod default to where its containers say more than the pod does.
import { child, children, type JsonObject } from './json.ts';
import { type Amount, addQuantities, parseQuantity, printQuantity } from './quantity.ts';
import { addMissing } from './resourceList.ts';

const isHugePages = (name: string): boolean => name.startsWith('hugepages-');
const isOvercommittable = (name: string): boolean => name === 'cpu' || name === 'memory';

/** defaultHugePagePodLimits, then defaultPodRequests: nothing unless the pod says something of its resources. */
export function podResources(spec: JsonObject): void {
  const pod = child(spec, 'resources');
  if (!pod) return;
  const has = (key: string): boolean => Object.keys(child(pod, key) ?? {}).length > 0;
  if (has('limits') || has('requests')) {
    const requested = child(pod, 'requests') ?? {};
    const pages = aggregate(spec, 'limits').filter(([name]) => isHugePages(name) && !Object.hasOwn(requested, name));
    addMissing(pod, 'limits', printed(pages));
  }
  if (!has('limits')) return;
  addMissing(pod, 'requests', printed(aggregate(spec, 'requests').filter(([name]) => isOvercommittable(name))));
  const limits = Object.entries(child(pod, 'limits') ?? {}).filter(([name]) => isOvercommittable(name) || isHugePages(name));
  addMissing(pod, 'requests', Object.fromEntries(limits));
}

const printed = (list: [string, Amount][]): JsonObject => Object.fromEntries(list.map(([name, amount]) => [name, printQuantity(amount)]));

/**
 * AggregateContainerRequests and -Limits: the containers and sidecars together, or the greediest moment of the start if that is
 * more, where each init container runs beside the sidecars that started before it.
 */
function aggregate(spec: JsonObject, key: 'limits' | 'requests'): [string, Amount][] {
  const total = new Map<string, Amount>();
  for (const object of children(spec, 'containers')) add(total, listOf(object, key));
  const sidecars = new Map<string, Amount>();
  const start = new Map<string, Amount>();
  for (const object of children(spec, 'initContainers')) {
    const list = listOf(object, key);
    const own = new Map<string, Amount>();
    if (object.restartPolicy === 'Always') {
      add(total, list);
      add(sidecars, list);
    } else add(own, list);
    add(own, sidecars);
    raise(start, own);
  }
  raise(total, start);
  return [...total];
}

function listOf(object: JsonObject, key: string): [string, Amount][] {
  return Object.entries(child(child(object, 'resources'), key) ?? {}).flatMap(([name, text]) => {
    const amount = parseQuantity(text);
    return amount ? [[name, amount] satisfies [string, Amount]] : [];
  });
}

function add(to: Map<string, Amount>, list: Iterable<[string, Amount]>): void {
  for (const [name, amount] of list) {
    const present = to.get(name);
    to.set(name, present ? addQuantities(present, amount) : amount);
  }
}

function raise(to: Map<string, Amount>, list: Iterable<[string, Amount]>): void {
  for (const [name, amount] of list) {
    const present = to.get(name);
    if (!present || amount.nano > present.nano) to.set(name, amount);
  }
}
