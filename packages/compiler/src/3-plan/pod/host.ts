// The machine's own settings: host name, hosts file, sysctls, and DNS as the kubelet makes it for a pod.

import type { Dns, HostAlias, NameValue } from '../../generated/agent-v1.ts';
import type { PodDNSConfig, PodDNSConfigOption, PodSpec } from '../../generated/kubernetes.ts';
import { definedFields, nonEmptyList, nonEmptyText, trueOnly } from './optionalFields.ts';

// What the machine itself is told: its name, its hosts file, its kernel parameters.

/** An identity of its own, as a StatefulSet gives its pods. */
export interface PodIdentity {
  readonly name: string;
  /** Name of the headless Service. */
  readonly subdomain?: string;
  /** Labels on top of the template's: `apps.kubernetes.io/pod-index`. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** What `GeneratePodHostNameAndDomain` (kubernetes/pkg/kubelet/kubelet_pods.go) makes the names of. */
export function hostnameOf(spec: PodSpec, identity: PodIdentity | undefined) {
  return {
    // A name of its own is the host name, too: nothing to say.
    hostname: identity === undefined ? nonEmptyText(spec.hostname) : undefined,
    subdomain: nonEmptyText(identity?.subdomain ?? spec.subdomain),
    setHostnameAsFQDN: trueOnly(spec.setHostnameAsFQDN),
  };
}

export function hostAliasesOf({ hostAliases = [] }: PodSpec): readonly HostAlias[] {
  return hostAliases.flatMap(({ ip, hostnames = [] }) => (hostnames.length === 0 ? [] : [{ ip, hostnames }]));
}

/** Names as the kernel has them: `NormalizeName` (k8s.io/component-helpers/node/util/sysctl) turns `net/core/somaxconn` around. */
export function sysctlsOf({ securityContext: { sysctls = [] } }: PodSpec): readonly NameValue[] {
  return sysctls.map(({ name, value }) => ({ name: dottedSysctl(name), value }));
}

function dottedSysctl(name: string): string {
  const separator = /[./]/.exec(name)?.[0];
  return separator === '/' ? name.replace(/[./]/g, (found) => (found === '/' ? '.' : '/')) : name;
}

// How a pod looks up names: kubernetes/pkg/kubelet/network/dns/dns.go, with the environment's zone in the cluster domain's place.

/** The private zone that every environment has. */
const clusterDomain = 'cluster.local';

/** `GetPodDNS`: what the policy says first, then the pod's own `dnsConfig`; each once. */
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

/** `getPodDNSType`: on the host's network, ClusterFirst means the host's own. */
function policyOf({ dnsPolicy, hostNetwork }: PodSpec): Dns['policy'] {
  if (dnsPolicy === 'None' || dnsPolicy === 'Default') return dnsPolicy;
  return dnsPolicy === 'ClusterFirst' && hostNetwork === true ? 'Default' : 'ClusterFirst';
}

/** `mergeDNSOptions`: the pod's own win; ours keep the order, which Kubernetes leaves to chance. */
function optionsOf(
  usual: readonly (readonly [string, string])[],
  own: readonly PodDNSConfigOption[],
): readonly string[] {
  const values = new Map([...usual, ...own.map(({ name = '', value = '' }) => [name, value] as const)]);
  return [...values].map(([name, value]) => (value === '' ? name : `${name}:${value}`));
}

const uniqueOf = (list: readonly string[]): readonly string[] => [...new Set(list)];
