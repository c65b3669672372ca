// Outputs: URLs of the app.
import type { Endpoint, Router } from '../../../plan.ts';
import { getAtt, join, type Value } from '../../../template.ts';
import type { EmitContext, Emitter } from '../emitter.ts';
import { forwardingListeners } from '../listenerRules.ts';
import * as ids from '../logicalIds.ts';
import { endpointLoadBalancerRefs, publicName } from '../resourceRefs.ts';

export const outputs: Emitter = (context) => ({
  outputs: Object.fromEntries([
    ...context.plan.routers
      .filter(({ serves }) => serves === 'ingresses')
      .map(
        (router) =>
          [
            ids.output.router(router.name),
            { Description: `Where the Ingresses ${router.name} answer`, Value: routerUrl(router) },
          ] as const,
      ),
    ...context.plan.endpoints
      .filter((endpoint) => context.loadBalancer(endpoint.loadBalancer).visibility === 'public')
      .map(
        (endpoint) =>
          [
            ids.output.url(endpoint),
            { Description: `Where ${endpoint.key} answers`, Value: endpointUrl(context, endpoint) },
          ] as const,
      ),
  ]),
});

/** The router's first host, or its DNS name; HTTPS if possible. */
function routerUrl(router: Router): Value<string> {
  const ports = forwardingListeners(router);
  const port = ports.find(({ certificates }) => certificates !== undefined) ?? ports[0];
  const secure = port?.certificates !== undefined;
  const suffix = port === undefined || port.port === (secure ? 443 : 80) ? [] : [`:${port.port}`];
  const host =
    router.hosts.find(({ name }) => !name.startsWith('*'))?.name ?? getAtt(ids.router.loadBalancer(router), 'DNSName');
  return join('', [secure ? 'https://' : 'http://', host, ...suffix]);
}

/** The URL of the first port: `http://` on 80, `https://` on 443 or with a certificate, else host and port. */
function endpointUrl(context: EmitContext, endpoint: Endpoint): Value<string> {
  const [port] = endpoint.ports;
  const host = publicName(context, endpoint) ?? endpointLoadBalancerRefs(context, endpoint).dnsName;
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
