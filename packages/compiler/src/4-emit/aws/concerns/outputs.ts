// Outputs: where the app answers.
import type { Endpoint } from '../../../plan.ts';
import { join, type Value } from '../../../template.ts';
import type { Concern, Target } from '../concern.ts';
import * as ids from '../ids.ts';
import { factsOf, publicName } from '../wiring.ts';

export const outputs: Concern = (target) => ({
  outputs: Object.fromEntries(
    target.plan.endpoints
      .filter((endpoint) => target.balancer(endpoint.loadBalancer).visibility === 'public')
      .map((endpoint) => [ids.output.url(endpoint), { Description: `Where ${endpoint.key} answers`, Value: url(target, endpoint) }]),
  ),
});

/** The first port's: `http://` on 80, `https://` on 443 or with a certificate, else host and port. */
function url(target: Target, endpoint: Endpoint): Value<string> {
  const [port] = endpoint.ports;
  const host = publicName(target, endpoint) ?? factsOf(target, endpoint).dnsName;
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
