// Outputs: where the app answers.
import type { Endpoint, Router } from '../../../plan.ts';
import { getAtt, join, type Value } from '../../../template.ts';
import type { EmitContext, Emitter } from '../emitter.ts';
import { forwardingListeners } from '../listenerRules.ts';
import * as ids from '../logicalIds.ts';
import { endpointLoadBalancerRefs, publicName } from '../resourceRefs.ts';

export const outputs: Emitter = (target) => ({
  outputs: Object.fromEntries([
    ...target.plan.routers
      .filter(({ serves }) => serves === 'ingresses')
      .map(
        (router) =>
          [
            ids.output.router(router.name),
            { Description: `Where the Ingresses ${router.name} answer`, Value: routerUrl(router) },
          ] as const,
      ),
    ...target.plan.endpoints
      .filter((endpoint) => target.loadBalancer(endpoint.loadBalancer).visibility === 'public')
      .map(
        (endpoint) =>
          [
            ids.output.url(endpoint),
            { Description: `Where ${endpoint.key} answers`, Value: endpointUrl(target, endpoint) },
          ] as const,
      ),
  ]),
});

/** Its first name, or its own: over HTTPS where it can be. */
function routerUrl(router: Router): Value<string> {
  const ports = forwardingListeners(router);
  const port = ports.find(({ certificates }) => certificates !== undefined) ?? ports[0];
  const secure = port?.certificates !== undefined;
  const suffix = port === undefined || port.port === (secure ? 443 : 80) ? [] : [`:${port.port}`];
  const host =
    router.hosts.find(({ name }) => !name.startsWith('*'))?.name ?? getAtt(ids.router.balancer(router), 'DNSName');
  return join('', [secure ? 'https://' : 'http://', host, ...suffix]);
}

/** The first port's: `http://` on 80, `https://` on 443 or with a certificate, else host and port. */
function endpointUrl(target: EmitContext, endpoint: Endpoint): Value<string> {
  const [port] = endpoint.ports;
  const host = publicName(target, endpoint) ?? endpointLoadBalancerRefs(target, endpoint).dnsName;
  if (port === undefined) return host;
  const secure = port.certificate !== undefined || port.port === 443;
  const scheme = secure ? 'https://' : port.port === 80 ? 'http://' : '';
  const suffix = port.port === (secure ? 443 : 80) ? '' : `:${port.port}`;
  return typeof host === 'string'
    ? `${scheme}${host}${suffix}`
    : join(
        '',
        [scheme, host, suffix].filter((part) => part !== ''),
      );
}
