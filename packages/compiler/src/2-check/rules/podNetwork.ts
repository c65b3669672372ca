// A pod's names and how it looks names up. As ValidatePodSpec, validatePodDNSConfig and ValidateHostAliases of Kubernetes.
import type { PodDNSConfig } from '../../generated/kubernetes.ts';
import { allowedKernelParameter } from '../../kinds/shared/kernelParameters.ts';
import type { WorkloadPod } from '../../kinds/shared/pods.ts';
import type { Manifest } from '../../manifest.ts';
import { dnsLabel, dnsSubdomain, isIPv4, isIPv6 } from '../formats.ts';
import { duplicatesOf, podRule, type ReportAt } from '../rule.ts';

const isAddress = (text: string): boolean => isIPv4(text) || isIPv6(text);

export const podNetwork = podRule(['I2K324', 'I2K427', 'I2K429'], (pod, say) => {
  const { spec, path } = pod;
  // A StatefulSet's pods have names of its own making in their place.
  for (const field of pod.manifest.kind === 'StatefulSet' ? [] : (['hostname', 'subdomain'] as const)) {
    const name = spec[field];
    const problem = name ? dnsLabel(name) : undefined;
    if (problem) say([...path, field], `${field} ${JSON.stringify(name)} ${problem}`);
  }
  if (spec.dnsPolicy === 'None' && !spec.dnsConfig?.nameservers?.length) {
    say([...path, 'dnsPolicy'], 'dnsPolicy None needs at least one name server in dnsConfig');
  }
  if (spec.dnsConfig) checkDnsConfig(spec.dnsConfig, pod, say);
  checkFullName(pod, say);
  for (const [index, { ip, hostnames = [] }] of (spec.hostAliases ?? []).entries()) {
    const at = [...path, 'hostAliases', index];
    if (!isAddress(ip ?? '')) say([...at, 'ip'], `${JSON.stringify(ip ?? '')} is no IP address`);
    for (const [position, name] of hostnames.entries()) {
      const problem = dnsSubdomain(name);
      if (problem) say([...at, 'hostnames', position], `the host name ${JSON.stringify(name)} ${problem}`);
    }
  }
  const sysctls = spec.securityContext.sysctls ?? [];
  for (const [index, { name }] of sysctls.entries()) {
    if (
      !/^(?:[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?$/.test(name) ||
      name.length > 253
    ) {
      say([...path, 'securityContext', 'sysctls', index, 'name'], `${JSON.stringify(name)} is no kernel parameter`);
    } else if (!allowedKernelParameter(name)) {
      say(
        [...path, 'securityContext', 'sysctls', index, 'name'],
        `the kernel parameter ${name} reaches outside of the pod`,
        {
          code: 'I2K427',
        },
      );
    }
  }
  for (const [index, { name }] of sysctls.entries()) {
    if (spec.hostNetwork && name.replaceAll('/', '.').startsWith('net.')) {
      say([...path, 'securityContext', 'sysctls', index, 'name'], `${name} is not the pod's to set with hostNetwork`);
    }
  }
  for (const { index, key } of duplicatesOf(sysctls, ({ name }) => name)) {
    say([...path, 'securityContext', 'sysctls', index, 'name'], `the kernel parameter ${key} is set twice`);
  }
});

/** A machine's id without `i-`, which ends the name of a pod that is not a StatefulSet's. */
const instanceDigits = 17;
/** Characters of a name that the kernel takes (GetNodenameForKernel, kubernetes/pkg/kubelet/util). */
const maxKernelName = 64;
const maxHostname = 63;

function checkFullName({ spec, path, manifest, namespace, replicas }: WorkloadPod, say: ReportAt): void {
  const stateful = manifest.kind === 'StatefulSet' ? (manifest as Manifest<'StatefulSet'>).object.spec : undefined;
  const subdomain = stateful ? stateful.serviceName : spec.subdomain;
  if (spec.setHostnameAsFQDN !== true || !subdomain) return;
  const { name } = manifest.ref;
  const last = (stateful?.ordinals?.start ?? 0) + Math.max(replicas - 1, 0);
  const generated = manifest.kind === 'Pod' ? name : `${name}-${'0'.repeat(instanceDigits)}`;
  const hostname = (stateful ? `${name}-${last}` : spec.hostname || generated).slice(0, maxHostname);
  const full = `${hostname}.${subdomain}.${namespace}.svc.cluster.local`;
  if (full.length <= maxKernelName) return;
  const message = `the full host name has ${full.length} characters, of which the kernel takes ${maxKernelName}`;
  say([...path, 'setHostnameAsFQDN'], message, { code: 'I2K429' });
}

function checkDnsConfig(
  { nameservers = [], searches = [], options = [] }: PodDNSConfig,
  { path }: WorkloadPod,
  say: ReportAt,
): void {
  const at = [...path, 'dnsConfig'];
  if (nameservers.length > 3)
    say([...at, 'nameservers'], `there are ${nameservers.length} name servers, and resolvers read 3`);
  for (const [index, server] of nameservers.entries()) {
    if (!isAddress(server)) say([...at, 'nameservers', index], `${JSON.stringify(server)} is no IP address`);
  }
  if (searches.length > 32) say([...at, 'searches'], `there are ${searches.length} search domains, more than 32`);
  for (const [index, domain] of searches.entries()) {
    // A dot alone is the root, and names may have underscores here.
    const problem = domain === '.' ? undefined : dnsSubdomain(domain.replace(/\.$/, '').replace(/_/g, 'x'));
    if (problem) say([...at, 'searches', index], `the search domain ${JSON.stringify(domain)} ${problem}`);
  }
  for (const [index, { name }] of options.entries()) {
    if (!name) say([...at, 'options', index], 'the option has no name');
  }
}
