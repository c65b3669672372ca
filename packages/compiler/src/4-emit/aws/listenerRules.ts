// Listener rules of an application load balancer, from a router's routes.

import type { Route, Router, RouterBackend, RouterListener, ServiceName } from '../../plan.ts';
import { sha256Hex } from '../../sha256.ts';
import * as ids from './logicalIds.ts';
import { privateRecordId } from './resourceRefs.ts';

/**
 * Condition values per rule:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
const maxConditionValues = 5;

/** One rule of a listener. */
export interface ListenerRule {
  readonly route: Route;
  readonly paths: readonly string[];
  /** Rules are evaluated in this order; unique per listener. */
  readonly priority: number;
}

/** The rules of one listener. */
export function listenerRulesOf(router: Router, port: number): readonly ListenerRule[] {
  const known = rulesCache.get(router) ?? new Map<number, readonly ListenerRule[]>();
  rulesCache.set(router, known);
  const rules = known.get(port) ?? (router.serves === 'services' ? serviceRules(router, port) : orderedRules(router));
  known.set(port, rules);
  return rules;
}

/** Each machine group asks for the rules of each backend. */
const rulesCache = new WeakMap<Router, Map<number, readonly ListenerRule[]>>();

/** Number of possible priorities. */
const priorityCount = 50_000;

/**
 * Rules of different Services never match the same request, so their order is free. Deriving the priority from the
 * Service's name keeps it stable when others come and go; on a collision, the next free one is used.
 */
function serviceRules({ routes, services }: Router, port: number): readonly ListenerRule[] {
  const taken = new Map<number, string>();
  for (const { namespace, name } of services) {
    let place = Number.parseInt(sha256Hex(`${namespace}/${name}`).slice(0, 8), 16) % priorityCount;
    while (taken.has(place)) place = (place + 1) % priorityCount;
    taken.set(place, `${namespace}/${name}`);
  }
  const placeOf = new Map([...taken].map(([place, name]) => [name, place + 1]));
  return routes.flatMap((route) =>
    route.service?.port === port
      ? [{ route, paths: [], priority: placeOf.get(`${route.service.namespace}/${route.service.name}`) ?? 1 }]
      : [],
  );
}

/** Adjacent routes with the same host and backend become one rule; a rule with too many values is split. */
function orderedRules({ routes }: Router): readonly ListenerRule[] {
  const rules: { readonly route: Route; readonly paths: string[] }[] = [];
  for (const route of routes) {
    const room = maxConditionValues - (route.host === undefined ? 0 : 1);
    const last = rules.at(-1);
    const alike = last !== undefined && last.route.host === route.host && last.route.backend === route.backend;
    const fits =
      alike && last.paths.length > 0 && route.paths.length > 0 && last.paths.length + route.paths.length <= room;
    if (fits) last.paths.push(...route.paths);
    else rules.push({ route, paths: [...route.paths] });
  }
  return rules.map((rule, index) => ({ ...rule, priority: index + 1 }));
}

/** Listeners that forward requests rather than redirect them. */
export const forwardingListeners = ({ listeners }: Router): readonly RouterListener[] =>
  listeners.filter(({ redirect }) => redirect === undefined);

export const routerTargetGroupId = (router: Router, { namespace, name, port }: RouterBackend): string =>
  ids.router.targetGroup(router, { namespace, name }, port);

/**
 * Resources that a machine waits for: a target group is health-checked only once a listener uses it, and clients use
 * the Service's name.
 */
export function backendDependencies(router: Router, backend: RouterBackend): readonly string[] {
  const known = dependenciesCache.get(backend) ?? dependenciesOf(router, backend);
  dependenciesCache.set(backend, known);
  return known;
}

const dependenciesCache = new WeakMap<RouterBackend, readonly string[]>();

const dependenciesOf = (router: Router, backend: RouterBackend): readonly string[] => [
  ...forwardingListeners(router).flatMap(({ port }) => {
    const rules = listenerRulesOf(router, port).filter(({ route }) => route.backend === backend.key);
    if (router.serves === 'services' && rules.length === 0) return [];
    return [
      ids.router.listener(router, port),
      ...rules.map(({ priority }) => ids.router.listenerRule(router, port, priority)),
    ];
  }),
  ...router.services
    .filter(({ namespace, name }) => namespace === backend.namespace && name === backend.name)
    .map(privateRecordId),
];

/**
 * Matches every name of a Service that clients may use, with or without its port. Values without a dot need a regular
 * expression.
 */
export const serviceHostPattern = ({ namespace, name }: ServiceName): string =>
  `^${name}(\\.${namespace}(\\.svc(\\.cluster\\.local)?)?)?(:[0-9]+)?$`;
