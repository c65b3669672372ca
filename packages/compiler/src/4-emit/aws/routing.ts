// How a router's routes become rules of a listener.
import type { Route, Router, RouterBackend, RouterListener } from '../../plan.ts';
import * as ids from './ids.ts';

/** Values in the conditions of one rule: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html */
const mostValues = 5;

/** What one rule of a listener says. */
export interface Rule {
  readonly route: Route;
  readonly paths: readonly string[];
}

/** Neighbours that lead from one host to one backend are one rule; more values than a rule holds are several. */
export function rulesOf({ routes }: Router): readonly Rule[] {
  const rules: { readonly route: Route; readonly paths: string[] }[] = [];
  for (const route of routes) {
    const room = mostValues - (route.host === undefined ? 0 : 1);
    const last = rules.at(-1);
    const alike = last !== undefined && last.route.host === route.host && last.route.backend === route.backend;
    const fits = alike && last.paths.length > 0 && route.paths.length > 0 && last.paths.length + route.paths.length <= room;
    if (fits) last.paths.push(...route.paths);
    else rules.push({ route, paths: [...route.paths] });
  }
  return rules;
}

/** Those that serve requests rather than send them elsewhere. */
export const serving = ({ listeners }: Router): readonly RouterListener[] => listeners.filter(({ redirect }) => redirect === undefined);

export const targetsId = ({ name }: Router, { namespace, name: service, port }: RouterBackend): string =>
  ids.router.targets(name, { namespace, name: service }, port);

/** What leads to a backend: a target group is checked only once a listener has it. */
export const leadingTo = (router: Router, backend: RouterBackend): readonly string[] =>
  serving(router).flatMap(({ port }) => [
    ids.router.listener(router.name, port),
    ...rulesOf(router).flatMap(({ route }, index) =>
      route.backend === backend.key ? [ids.router.rule(router.name, port, index + 1)] : [],
    ),
  ]);
