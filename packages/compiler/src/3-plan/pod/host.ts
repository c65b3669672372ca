// Settings of the machine itself: host name, hosts file, sysctls, and DNS as the kubelet configures it for a pod.

import type { Dns, HostAlias, NameValue } from '../../generated/agent-v1.ts';
import type { PodDNSConfig, PodDNSConfigOption, PodSpec } from '../../generated/kubernetes.ts';
import { definedFields, nonEmptyList, nonEmptyText, trueOnly } from './optionalFields.ts';

/** The identity that a StatefulSet gives its pods. */
export interface PodIdentity {
  readonly name: string;
  /** Name of the headless Service. */
  readonly subdomain?: string;
  /** Labels added to the template's: `apps.kubernetes.io/pod-index`. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Inputs of `GeneratePodHostNameAndDomain` (kubernetes/pkg/kubelet/kubelet_pods.go). */
export function hostnameOf(spec: PodSpec, identity: PodIdentity | undefined) {
  return {
    // Omitted if the host name equals the pod's name.
    hostname: identity === undefined ? nonEmptyText(spec.hostname) : undefined,
    subdomain: nonEmptyText(identity?.subdomain ?? spec.subdomain),
    setHostnameAsFQDN: trueOnly(spec.setHostnameAsFQDN),
  };
}

export function hostAliasesOf({ hostAliases = [] }: PodSpec): readonly HostAlias[] {
  return hostAliases.flatMap(({ ip, hostnames = [] }) => (hostnames.length === 0 ? [] : [{ ip, hostnames }]));
}

/**
 * Names in the kernel's form: `NormalizeName` (k8s.io/component-helpers/node/util/sysctl) converts
 * `net/core/somaxconn`.
 */
export function sysctlsOf({ securityContext: { sysctls = [] } }: PodSpec): readonly NameValue[] {
  return sysctls.map(({ name, value }) => ({ name: dottedSysctl(name), value }));
}

function dottedSysctl(name: string): string {
  const separator = /[./]/.exec(name)?.[0];
  return separator === '/' ? name.replace(/[./]/g, (found) => (found === '/' ? '.' : '/')) : name;
}

/** Name of the private zone of every environment. */
const clusterDomain = 'cluster.local';

/**
 * DNS settings of a pod: kubernetes/pkg/kubelet/network/dns/dns.go, with the environment's zone as cluster domain.
 * `GetPodDNS`: settings of the policy, then the pod's `dnsConfig`, without duplicates.
 */
export function dnsOf(namespace: string, spec: PodSpec): Dns {
  const policy = policyOf(spec);
  const { nameservers = [], searches = [], options = [] }: PodDNSConfig = spec.dnsConfig ?? {};
  const cluster = policy === 'ClusterFirst';
  return definedFields<Dns>({
    policy,
    nameservers: nonEmptyList(uniqueOf(nameservers)),
    searches: nonEmptyList(
      uniqueOf([
        ...(cluster ? [`${namespace}.svc.${clusterDomain}`, `svc.${clusterDomain}`, clusterDomain] : []),
        ...searches,
      ]),
    ),
    options: nonEmptyList(optionsOf(cluster ? [['ndots', '5']] : [], options)),
  });
}

/** `getPodDNSType`: on the host network, ClusterFirst means the host's own DNS. */
function policyOf({ dnsPolicy, hostNetwork }: PodSpec): Dns['policy'] {
  if (dnsPolicy === 'None' || dnsPolicy === 'Default') return dnsPolicy;
  return dnsPolicy === 'ClusterFirst' && hostNetwork === true ? 'Default' : 'ClusterFirst';
}

/** `mergeDNSOptions`: the pod's options win. The order is fixed here; Kubernetes leaves it random. */
function optionsOf(
  usual: readonly (readonly [string, string])[],
  own: readonly PodDNSConfigOption[],
): readonly string[] {
  const values = new Map([...usual, ...own.map(({ name = '', value = '' }) => [name, value] as const)]);
  return [...values].map(([name, value]) => (value === '' ? name : `${name}:${value}`));
}

const uniqueOf = (list: readonly string[]): readonly string[] => [...new Set(list)];
