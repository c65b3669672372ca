// Checks Services that select nothing in the input: whether a load balancer serves them, and whether the context file
// is up to date.
import { compareText, listText } from '@i2kit/common';
import type { Diagnostic, ExternalLoadBalancer } from '@i2kit/compiler';
import { findServiceTargets, type SdkOptions, type ServiceTargets, serviceLookupAdapter } from '@i2kit/runner';
import type { Requirements } from '../../ports/aws.ts';

type ServiceRequirements = Pick<Requirements, 'plan' | 'options'>;
type ExternalService = ServiceRequirements['plan']['externalServices'][number];

/** The load balancers of each Service, in their order; a headless Service needs none. */
export async function findExternalServices(
  sdk: SdkOptions,
  { plan, options }: ServiceRequirements,
): Promise<readonly (readonly [ExternalService, ServiceTargets])[]> {
  const asked = plan.externalServices.filter(({ headless }) => !headless);
  const nothing: ServiceTargets = { balancers: [], unreachable: [] };
  if (asked.length === 0) return plan.externalServices.map((service) => [service, nothing]);
  const port = await serviceLookupAdapter(sdk);
  try {
    const found = await findServiceTargets(port, { env: options.env, stack: `${options.env}-${options.app}` }, asked);
    return plan.externalServices.map((service) => [service, found[asked.indexOf(service)] ?? nothing]);
  } finally {
    port.close();
  }
}

export async function checkExternalServices(
  sdk: SdkOptions,
  demands: ServiceRequirements,
): Promise<readonly Diagnostic[]> {
  const around = await findExternalServices(sdk, demands);
  return around.flatMap(([service, found]) =>
    found.balancers.length === 0
      ? unreachableDiagnostics(service, found)
      : staleContextDiagnostics(service, found.balancers),
  );
}

export function unreachableDiagnostics(
  service: ExternalService,
  { balancers, unreachable }: ServiceTargets,
): readonly Diagnostic[] {
  if (balancers.length > 0) return [];
  const { selector, namespace, headless, ports, origin } = service;
  const labels = Object.entries(selector).map((pair) => pair.join('='));
  const those = `the labels ${labels.join(', ')} in the namespace ${namespace}`;
  const message = headless
    ? `the Service is headless, and no workload of the input has ${those}`
    : unreachable.length > 0
      ? `${listText(unreachable)} ${unreachable.length > 1 ? 'have' : 'has'} ${those}, and no load balancer leads there on port ${listText(ports.map(({ port }) => String(port)))}`
      : `no workload of the input, nor of another stack of the environment, has ${those}`;
  const hint =
    unreachable.length > 0
      ? 'Give that workload a Service with these ports, and apply it.'
      : 'Compare the selector with their labels.';
  return [{ code: 'I2K762', severity: 'error', message, hint, ...origin }];
}

function staleContextDiagnostics(
  { namespace, name, loadBalancers: balancers, origin }: ExternalService,
  found: readonly ExternalLoadBalancer[],
): readonly Diagnostic[] {
  if (JSON.stringify(sortedBalancers(balancers)) === JSON.stringify(sortedBalancers(found))) return [];
  const where = listText(found.map(({ dnsName, stack }) => `${dnsName} (${stack})`));
  const message = `the Service ${namespace}/${name} leads to ${where}, which the context ${balancers.length === 0 ? 'does not hold' : 'contradicts'}`;
  const hint = 'Look it up with `i2kit context -f FILE`, and apply again.';
  return [{ code: 'I2K763', severity: 'error', message, hint, ...origin }];
}

const sortedBalancers = (all: readonly ExternalLoadBalancer[]) =>
  [...all]
    .sort((a, b) => compareText(a.dnsName, b.dnsName))
    .map(({ dnsName, zone, weight, stack }) => [dnsName, zone, weight, stack]);
