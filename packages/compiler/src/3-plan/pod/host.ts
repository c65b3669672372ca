// What the machine itself is told: its name, its hosts file, its kernel parameters.
import type { HostAlias, NameValue } from '../../generated/agent-v1.ts';
import type { PodSpec } from '../../generated/kubernetes.ts';
import { ifTrue, text } from './compact.ts';

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
    hostname: identity === undefined ? text(spec.hostname) : undefined,
    subdomain: text(identity?.subdomain ?? spec.subdomain),
    setHostnameAsFQDN: ifTrue(spec.setHostnameAsFQDN),
  };
}

export function hostAliasesOf({ hostAliases = [] }: PodSpec): readonly HostAlias[] {
  return hostAliases.flatMap(({ ip, hostnames = [] }) => (hostnames.length === 0 ? [] : [{ ip, hostnames }]));
}

/** Names as the kernel has them: `NormalizeName` (k8s.io/component-helpers/node/util/sysctl) turns `net/core/somaxconn` around. */
export function sysctlsOf({ securityContext: { sysctls = [] } }: PodSpec): readonly NameValue[] {
  return sysctls.map(({ name, value }) => ({ name: dotted(name), value }));
}

function dotted(name: string): string {
  const separator = /[./]/.exec(name)?.[0];
  return separator === '/' ? name.replace(/[./]/g, (found) => (found === '/' ? '.' : '/')) : name;
}
