// A pod's host names and DNS settings. As ValidatePodSpec, validatePodDNSConfig and ValidateHostAliases of
// Kubernetes.
import type { PodDNSConfig } from '../../generated/kubernetes.ts';
import { allowedKernelParameter } from '../../kinds/shared/kernelParameters.ts';
import type { WorkloadPod } from '../../kinds/shared/pods.ts';
import type { Manifest } from '../../manifest.ts';
import { dnsLabel, dnsSubdomain, isIPv4, isIPv6 } from '../formats.ts';
import { duplicatesOf, podRule, type ReportAt } from '../rule.ts';

const isAddress = (text: string): boolean => isIPv4(text) || isIPv6(text);

export const podNetwork = podRule(['I2K324', 'I2K427', 'I2K429'], (pod, reportAt) => {
  const { spec, path } = pod;
  // A StatefulSet's pods get their names from it.
  for (const field of pod.manifest.kind === 'StatefulSet' ? [] : (['hostname', 'subdomain'] as const)) {
    const name = spec[field];
    const problem = name ? dnsLabel(name) : undefined;
    if (problem) reportAt([...path, field], `${field} ${JSON.stringify(name)} ${problem}`);
  }
  if (spec.dnsPolicy === 'None' && !spec.dnsConfig?.nameservers?.length) {
    reportAt([...path, 'dnsPolicy'], 'dnsPolicy None needs at least one name server in dnsConfig');
  }
  if (spec.dnsConfig) checkDnsConfig(spec.dnsConfig, pod, reportAt);
  checkFullName(pod, reportAt);
  for (const [index, { ip, hostnames = [] }] of (spec.hostAliases ?? []).entries()) {
    const itemPath = [...path, 'hostAliases', index];
    if (!isAddress(ip ?? '')) reportAt([...itemPath, 'ip'], `${JSON.stringify(ip ?? '')} is not an IP address`);
    for (const [position, name] of hostnames.entries()) {
      const problem = dnsSubdomain(name);
      if (problem) reportAt([...itemPath, 'hostnames', position], `the host name ${JSON.stringify(name)} ${problem}`);
    }
  }
  const sysctls = spec.securityContext.sysctls ?? [];
  for (const [index, { name }] of sysctls.entries()) {
    if (
      !/^(?:[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?$/.test(name) ||
      name.length > 253
    ) {
      reportAt(
        [...path, 'securityContext', 'sysctls', index, 'name'],
        `${JSON.stringify(name)} is not a kernel parameter`,
      );
    } else if (!allowedKernelParameter(name)) {
      reportAt(
        [...path, 'securityContext', 'sysctls', index, 'name'],
        `the kernel parameter ${name} affects more than the pod`,
        {
          code: 'I2K427',
        },
      );
    }
  }
  for (const [index, { name }] of sysctls.entries()) {
    if (spec.hostNetwork && name.replaceAll('/', '.').startsWith('net.')) {
      reportAt([...path, 'securityContext', 'sysctls', index, 'name'], `a pod with hostNetwork cannot set ${name}`);
    }
  }
  for (const { index, key } of duplicatesOf(sysctls, ({ name }) => name)) {
    reportAt([...path, 'securityContext', 'sysctls', index, 'name'], `the kernel parameter ${key} is set twice`);
  }
});

/** Length of a machine id without `i-`, the suffix of pod names outside StatefulSets. */
const instanceDigits = 17;
/** Longest host name of the kernel (GetNodenameForKernel, kubernetes/pkg/kubelet/util). */
const maxKernelName = 64;
const maxHostname = 63;

function checkFullName({ spec, path, manifest, namespace, replicas }: WorkloadPod, reportAt: ReportAt): void {
  const stateful = manifest.kind === 'StatefulSet' ? (manifest as Manifest<'StatefulSet'>).object.spec : undefined;
  const subdomain = stateful ? stateful.serviceName : spec.subdomain;
  if (spec.setHostnameAsFQDN !== true || !subdomain) return;
  const { name } = manifest.ref;
  const last = (stateful?.ordinals?.start ?? 0) + Math.max(replicas - 1, 0);
  const generated = manifest.kind === 'Pod' ? name : `${name}-${'0'.repeat(instanceDigits)}`;
  const hostname = (stateful ? `${name}-${last}` : spec.hostname || generated).slice(0, maxHostname);
  const full = `${hostname}.${subdomain}.${namespace}.svc.cluster.local`;
  if (full.length <= maxKernelName) return;
  const message = `the full host name has ${full.length} characters, but the kernel accepts only ${maxKernelName}`;
  reportAt([...path, 'setHostnameAsFQDN'], message, { code: 'I2K429' });
}

function checkDnsConfig(
  { nameservers = [], searches = [], options = [] }: PodDNSConfig,
  { path }: WorkloadPod,
  reportAt: ReportAt,
): void {
  const itemPath = [...path, 'dnsConfig'];
  if (nameservers.length > 3)
    reportAt([...itemPath, 'nameservers'], `there are ${nameservers.length} name servers, but resolvers read only 3`);
  for (const [index, server] of nameservers.entries()) {
    if (!isAddress(server))
      reportAt([...itemPath, 'nameservers', index], `${JSON.stringify(server)} is not an IP address`);
  }
  if (searches.length > 32)
    reportAt([...itemPath, 'searches'], `there are ${searches.length} search domains, more than 32`);
  for (const [index, domain] of searches.entries()) {
    // A single dot is the root, and underscores are allowed here.
    const problem = domain === '.' ? undefined : dnsSubdomain(domain.replace(/\.$/, '').replace(/_/g, 'x'));
    if (problem) reportAt([...itemPath, 'searches', index], `the search domain ${JSON.stringify(domain)} ${problem}`);
  }
  for (const [index, { name }] of options.entries()) {
    if (!name) reportAt([...itemPath, 'options', index], 'the option has no name');
  }
}
