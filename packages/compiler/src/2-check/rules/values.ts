// Fields that have a fixed set of values, as Kubernetes' validation has them (k8s.io/kubernetes/pkg/apis/core/validation).
import { claimsOf } from '../../kinds/shared/claims.ts';
import { podsOf } from '../../kinds/shared/pods.ts';
import { type Rule, type Say, sayOf } from '../rule.ts';
import { trieOf, walk } from '../trie.ts';

const container = {
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

const ofContainers = (name: string) => Object.entries(container).map(([path, values]) => [`${name}[].${path}`, values]);

const pod = trieOf<string>({
  ...Object.fromEntries([...ofContainers('containers'), ...ofContainers('initContainers')]),
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

const service = trieOf({
  'spec.type': 'ClusterIP NodePort LoadBalancer ExternalName',
  'spec.ports[].protocol': 'TCP UDP SCTP',
  'spec.sessionAffinity': 'None ClientIP',
  'spec.externalTrafficPolicy': 'Cluster Local',
  'spec.trafficDistribution': 'PreferClose PreferSameZone PreferSameNode',
});

const claim = trieOf({ volumeMode: 'Filesystem Block' });

const restarts = trieOf({ 'spec.restartPolicy': 'Always OnFailure Never' });

const check =
  (say: Say) =>
  (values: string, value: unknown, path: readonly (string | number)[]): void => {
    const known = values.split(' ');
    // Go cannot tell an empty traffic policy from an absent one.
    if (known.includes(String(value)) || (value === '' && path.at(-1) === 'externalTrafficPolicy')) return;
    say(path, `${path.at(-1)} is ${JSON.stringify(value)}, which is none of its values`, { hint: `use ${known.join(', ')}` });
  };

export const values: Rule = {
  codes: ['I2K319'],
  check(all, report) {
    for (const { manifest, spec, path } of podsOf(all)) walk(pod, spec, path, check(sayOf(manifest, 'I2K319', report)));
    for (const manifest of all.of('Pod')) walk(restarts, manifest.object, [], check(sayOf(manifest, 'I2K319', report)));
    for (const manifest of all.of('Service')) walk(service, manifest.object, [], check(sayOf(manifest, 'I2K319', report)));
    for (const { manifest, spec, path } of claimsOf(all)) walk(claim, spec, [...path, 'spec'], check(sayOf(manifest, 'I2K319', report)));
  },
};
