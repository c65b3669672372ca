// Fields that have a fixed set of values, as Kubernetes' validation has them (k8s.io/kubernetes/pkg/apis/core/validation).

import { podsOf } from '../../kinds/shared/pods.ts';
import { claimsOf } from '../../kinds/shared/volumeClaims.ts';
import { trieOf, walkTrie } from '../pathTrie.ts';
import { type ReportAt, type Rule, reporterFor } from '../rule.ts';

const containerEnums = {
  imagePullPolicy: 'Always IfNotPresent Never',
  terminationMessagePolicy: 'File FallbackToLogsOnError',
  'ports[].protocol': 'TCP UDP SCTP',
  'volumeMounts[].mountPropagation': 'None HostToContainer Bidirectional',
  'volumeMounts[].recursiveReadOnly': 'Disabled IfPossible Enabled',
  'livenessProbe.httpGet.scheme': 'HTTP HTTPS',
  'readinessProbe.httpGet.scheme': 'HTTP HTTPS',
  'startupProbe.httpGet.scheme': 'HTTP HTTPS',
  'lifecycle.postStart.httpGet.scheme': 'HTTP HTTPS',
  'lifecycle.preStop.httpGet.scheme': 'HTTP HTTPS',
  'securityContext.seccompProfile.type': 'RuntimeDefault Unconfined Localhost',
  'securityContext.appArmorProfile.type': 'RuntimeDefault Unconfined Localhost',
  'securityContext.procMount': 'Default Unmasked',
  'resizePolicy[].resourceName': 'cpu memory',
  'resizePolicy[].restartPolicy': 'NotRequired RestartContainer',
};

const enumsOfContainers = (name: string) =>
  Object.entries(containerEnums).map(([path, values]) => [`${name}[].${path}`, values]);

const podEnums = trieOf<string>({
  ...Object.fromEntries([...enumsOfContainers('containers'), ...enumsOfContainers('initContainers')]),
  dnsPolicy: 'ClusterFirst ClusterFirstWithHostNet Default None',
  'securityContext.fsGroupChangePolicy': 'OnRootMismatch Always',
  'securityContext.supplementalGroupsPolicy': 'Merge Strict',
  'securityContext.seccompProfile.type': 'RuntimeDefault Unconfined Localhost',
  'securityContext.appArmorProfile.type': 'RuntimeDefault Unconfined Localhost',
  'securityContext.seLinuxChangePolicy': 'MountOption Recursive',
  preemptionPolicy: 'PreemptLowerPriority Never',
  'topologySpreadConstraints[].whenUnsatisfiable': 'DoNotSchedule ScheduleAnyway',
  'topologySpreadConstraints[].nodeAffinityPolicy': 'Honor Ignore',
  'topologySpreadConstraints[].nodeTaintsPolicy': 'Honor Ignore',
});

const serviceEnums = trieOf({
  'spec.type': 'ClusterIP NodePort LoadBalancer ExternalName',
  'spec.ports[].protocol': 'TCP UDP SCTP',
  'spec.sessionAffinity': 'None ClientIP',
  'spec.externalTrafficPolicy': 'Cluster Local',
  'spec.trafficDistribution': 'PreferClose PreferSameZone PreferSameNode',
});

const claimEnums = trieOf({ volumeMode: 'Filesystem Block' });

const restartPolicyEnum = trieOf({ 'spec.restartPolicy': 'Always OnFailure Never' });

const enumCheck =
  (reportAt: ReportAt) =>
  (values: string, value: unknown, path: readonly (string | number)[]): void => {
    const allowed = values.split(' ');
    // Go cannot distinguish an empty traffic policy from an absent one.
    if (allowed.includes(String(value)) || (value === '' && path.at(-1) === 'externalTrafficPolicy')) return;
    reportAt(path, `${path.at(-1)} is ${JSON.stringify(value)}, not one of its values`, {
      hint: `Use one of ${allowed.join(', ')}.`,
    });
  };

export const enumFields: Rule = {
  codes: ['I2K319'],
  check(manifests, report) {
    for (const { manifest, spec, path } of podsOf(manifests))
      walkTrie(podEnums, spec, path, enumCheck(reporterFor(manifest, 'I2K319', report)));
    for (const manifest of manifests.of('Pod'))
      walkTrie(restartPolicyEnum, manifest.object, [], enumCheck(reporterFor(manifest, 'I2K319', report)));
    for (const manifest of manifests.of('Service'))
      walkTrie(serviceEnums, manifest.object, [], enumCheck(reporterFor(manifest, 'I2K319', report)));
    for (const { manifest, spec, path } of claimsOf(manifests))
      walkTrie(claimEnums, spec, [...path, 'spec'], enumCheck(reporterFor(manifest, 'I2K319', report)));
  },
};
