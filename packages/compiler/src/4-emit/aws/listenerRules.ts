// How a router's routes become rules of a listener.

import type { Route, Router, RouterBackend, RouterListener, ServiceName } from '../../plan.ts';
import { sha256Hex } from '../../sha256.ts';
import * as ids from './logicalIds.ts';
import { privateRecordId } from './resourceRefs.ts';

/** Values in the conditions of one rule: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html */
const maxConditionValues = 5;

/** What one rule of a listener says. */
export interface ListenerRule {
  readonly route: Route;
  readonly paths: readonly string[];
  /** Rules are tried in this order, and no two of a listener have the same. */
  readonly priority: number;
}

/** The rules of one listener. */
export const listenerRulesOf = (router: Router, port: number): readonly ListenerRule[] =>
  router.serves === 'services' ? serviceRules(router, port) : orderedRules(router);

/** Priorities that there are. */
const priorityCount = 50_000;

/**
 * No request is of two Services, so that the order is no matter; a place that is decided by the Service's name stays where it is
 * when others come and go. Where two names have one place, the second takes the next.
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

/** Neighbours that lead from one host to one backend are one rule; more values than a rule holds are several. */
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

/** Those that serve requests rather than send them elsewhere. */
export const forwardingListeners = ({ listeners }: Router): readonly RouterListener[] =>
  listeners.filter(({ redirect }) => redirect === undefined);

export const routerTargetGroupId = (router: Router, { namespace, name, port }: RouterBackend): string =>
  ids.router.targets(router, { namespace, name }, port);

/** What leads to a backend: a target group is checked only once a listener has it, and a Service is called by its name. */
export const backendDependencies = (router: Router, backend: RouterBackend): readonly string[] => [
  ...forwardingListeners(router).flatMap(({ port }) => {
    const rules = listenerRulesOf(router, port).filter(({ route }) => route.backend === backend.key);
    if (router.serves === 'services' && rules.length === 0) return [];
    return [ids.router.listener(router, port), ...rules.map(({ priority }) => ids.router.rule(router, port, priority))];
  }),
  ...router.services
    .filter(({ namespace, name }) => namespace === backend.namespace && name === backend.name)
    .map(privateRecordId),
];

/** Every name of a Service that its clients may type, with the port where they say it; without a dot no plain value may be. */
export const serviceHostPattern = ({ namespace, name }: ServiceName): string =>
  `^${name}(\\.${namespace}(\\.svc(\\.cluster\\.local)?)?)?(:[0-9]+)?$`;
