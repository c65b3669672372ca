// How a pod looks up names: kubernetes/pkg/kubelet/network/dns/dns.go, with the environment's zone in the cluster domain's place.
import type { Dns } from '../../generated/agent-v1.ts';
import type { PodDNSConfig, PodDNSConfigOption, PodSpec } from '../../generated/kubernetes.ts';
import { given, some } from './compact.ts';

/** The private zone that every environment has. */
const domain = 'cluster.local';

/** `GetPodDNS`: what the policy says first, then the pod's own `dnsConfig`; each once. */
export function dnsOf(namespace: string, spec: PodSpec): Dns {
  const policy = policyOf(spec);
  const { nameservers = [], searches = [], options = [] }: PodDNSConfig = spec.dnsConfig ?? {};
  const cluster = policy === 'ClusterFirst';
  return given<Dns>({
    policy,
    nameservers: some(unique(nameservers)),
    searches: some(unique([...(cluster ? [`${namespace}.svc.${domain}`, `svc.${domain}`, domain] : []), ...searches])),
    options: some(optionsOf(cluster ? [['ndots', '5']] : [], options)),
  });
}

/** `getPodDNSType`: on the host's network, ClusterFirst means the host's own. */
function policyOf({ dnsPolicy, hostNetwork }: PodSpec): Dns['policy'] {
  if (dnsPolicy === 'None' || dnsPolicy === 'Default') return dnsPolicy;
  return dnsPolicy === 'ClusterFirst' && hostNetwork === true ? 'Default' : 'ClusterFirst';
}

/** `mergeDNSOptions`: the pod's own win; ours keep the order, which Kubernetes leaves to chance. */
function optionsOf(usual: readonly (readonly [string, string])[], own: readonly PodDNSConfigOption[]): readonly string[] {
  const values = new Map([...usual, ...own.map(({ name = '', value = '' }) => [name, value] as const)]);
  return [...values].map(([name, value]) => (value === '' ? name : `${name}:${value}`));
}

const unique = (list: readonly string[]): readonly string[] => [...new Set(list)];
