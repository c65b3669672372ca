// Fields that have a fixed set of values, as Kubernetes' validation has them (k8s.io/kubernetes/pkg/apis/core/validation).

import { fieldTableRule } from '../fieldTable.ts';

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

const podEnums = {
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
};

const serviceEnums = {
  'spec.type': 'ClusterIP NodePort LoadBalancer ExternalName',
  'spec.ports[].protocol': 'TCP UDP SCTP',
  'spec.sessionAffinity': 'None ClientIP',
  'spec.externalTrafficPolicy': 'Cluster Local',
  'spec.trafficDistribution': 'PreferClose PreferSameZone PreferSameNode',
};

/** The values of each field, separated by spaces. */
export const enumFields = fieldTableRule<string>(
  'I2K319',
  {
    pods: podEnums,
    claims: { volumeMode: 'Filesystem Block' },
    kinds: { Pod: { 'spec.restartPolicy': 'Always OnFailure Never' }, Service: serviceEnums },
  },
  (values, value, path, reportAt) => {
    const allowed = values.split(' ');
    // Go cannot distinguish an empty traffic policy from an absent one.
    if (allowed.includes(String(value)) || (value === '' && path.at(-1) === 'externalTrafficPolicy')) return;
    reportAt(path, `${path.at(-1)} is ${JSON.stringify(value)}, not one of its values`, {
      hint: `Use one of ${allowed.join(', ')}.`,
    });
  },
);
