// Services that select nothing in the input: whether they lead anywhere, and whether the context still says where.
import type { Diagnostic, FoundBalancer } from '@i2kit/compiler';
import { type Found, type SdkOptions, selected, servingPort } from '@i2kit/runner';
import type { Demands } from '../../aws-ports.ts';
import { listed } from '../../text.ts';

type Asked = Pick<Demands, 'plan' | 'options'>;
type Outside = Asked['plan']['outside'][number];

/** What each leads to, in their order; a headless one leads to no load balancer. */
export async function lookAround(sdk: SdkOptions, { plan, options }: Asked): Promise<readonly (readonly [Outside, Found])[]> {
  const asked = plan.outside.filter(({ headless }) => !headless);
  const nothing: Found = { balancers: [], unreachable: [] };
  if (asked.length === 0) return plan.outside.map((service) => [service, nothing]);
  const port = await servingPort(sdk);
  try {
    const found = await selected(port, { env: options.env, stack: `${options.env}-${options.app}` }, asked);
    return plan.outside.map((service) => [service, found[asked.indexOf(service)] ?? nothing]);
  } finally {
    port.close();
  }
}

export async function outsideProblems(sdk: SdkOptions, demands: Asked): Promise<readonly Diagnostic[]> {
  const around = await lookAround(sdk, demands);
  return around.flatMap(([service, found]) => nowhere(service, found) ?? stale(service, found.balancers) ?? []);
}

export function nowhere(service: Outside, { balancers, unreachable }: Found): Diagnostic | undefined {
  if (balancers.length > 0) return undefined;
  const { selector, namespace, headless, ports, origin } = service;
  const labels = Object.entries(selector).map((pair) => pair.join('='));
  const those = `the labels ${labels.join(', ')} in the namespace ${namespace}`;
  const message = headless
    ? `the Service is headless, and no workload of the input has ${those}`
    : unreachable.length > 0
      ? `${listed(unreachable)} ${unreachable.length > 1 ? 'have' : 'has'} ${those}, and no load balancer leads there on ${listed(ports.map(({ port }) => String(port)))}`
      : `no workload of the input, nor of another stack of the environment, has ${those}`;
  const hint =
    unreachable.length > 0 ? 'give that workload a Service with these ports, and apply it' : 'compare the selector with their labels';
  return { code: 'I2K762', severity: 'error', message, hint, ...origin };
}

function stale({ namespace, name, balancers, origin }: Outside, found: readonly FoundBalancer[]): Diagnostic | undefined {
  if (JSON.stringify(inOrder(balancers)) === JSON.stringify(inOrder(found))) return undefined;
  const where = listed(found.map(({ dnsName, stack }) => `${dnsName} (${stack})`));
  const message = `the Service ${namespace}/${name} leads to ${where}, which the context ${balancers.length === 0 ? 'does not hold' : 'says otherwise'}`;
  return { code: 'I2K763', severity: 'error', message, hint: 'look it up with `i2kit context -f FILE`, and apply again', ...origin };
}

const inOrder = (all: readonly FoundBalancer[]) =>
  [...all].sort((a, b) => (a.dnsName < b.dnsName ? -1 : 1)).map(({ dnsName, zone, weight, stack }) => [dnsName, zone, weight, stack]);
