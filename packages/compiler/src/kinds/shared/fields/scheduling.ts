// Field support of a pod's scheduling; see "Scheduling" of "PodSpec" in Kubernetes' API reference.

import type { FieldSupportTable } from './fieldSupport.ts';
import { allFields, eachField, fieldsUnder, mapped, meaningless, refused, warned } from './fieldSupport.ts';

const HOST_LABEL = 'kubernetes.io/hostname';
const ZONE_LABELS = ['topology.kubernetes.io/zone', 'failure-domain.beta.kubernetes.io/zone'];

const expressions = (name: string): string => `${name}[].key ${name}[].operator ${name}[].values[]`;
const labels = (name: string): string => `${name}.matchLabels.* ${expressions(`${name}.matchExpressions`)}`;

const affinityTermFields = (): FieldSupportTable =>
  eachField(
    `${labels('labelSelector')} matchLabelKeys[] mismatchLabelKeys[] ${labels('namespaceSelector')} namespaces[] topologyKey`,
    refused('I2K412'),
  );

/** Not on the machine of another pod: always true here. */
const antiAffinityTermFields = (): FieldSupportTable => ({
  ...allFields(affinityTermFields(), meaningless('No two pods ever share a machine.')),
  topologyKey: refused('I2K412', { unless: HOST_LABEL }),
});

const required = 'requiredDuringSchedulingIgnoredDuringExecution';
const preferred = 'preferredDuringSchedulingIgnoredDuringExecution';

const nodeAffinityFields = (): FieldSupportTable => ({
  ...fieldsUnder(`${required}.nodeSelectorTerms[]`, {
    ...eachField(expressions('matchExpressions'), mapped('machine')),
    ...eachField(expressions('matchFields'), refused('I2K410')),
  }),
  ...fieldsUnder(
    `${preferred}[]`,
    eachField(
      `${expressions('preference.matchExpressions')} ${expressions('preference.matchFields')} weight`,
      warned('I2K506'),
    ),
  ),
});

const podAffinityFields = (): FieldSupportTable => ({
  ...fieldsUnder(`${required}[]`, affinityTermFields()),
  ...fieldsUnder(`${preferred}[].podAffinityTerm`, allFields(affinityTermFields(), warned('I2K506'))),
  [`${preferred}[].weight`]: warned('I2K506'),
});

const podAntiAffinityFields = (): FieldSupportTable => ({
  ...fieldsUnder(`${required}[]`, antiAffinityTermFields()),
  ...fieldsUnder(`${preferred}[].podAffinityTerm`, {
    ...allFields(
      affinityTermFields(),
      meaningless('No two pods ever share a machine, and replicas are spread over the zones.'),
    ),
    topologyKey: warned('I2K506', { unless: [HOST_LABEL, ...ZONE_LABELS] }),
  }),
  [`${preferred}[].weight`]: meaningless('It is always satisfied, or a warning.'),
});

const topologySpreadFields = (): FieldSupportTable =>
  fieldsUnder('topologySpreadConstraints[]', {
    ...eachField(
      `${labels('labelSelector')} matchLabelKeys[] maxSkew minDomains nodeAffinityPolicy nodeTaintsPolicy`,
      meaningless('The machines of a workload are spread evenly over the zones in any case.'),
    ),
    topologyKey: refused('I2K413', { unless: [HOST_LABEL, ...ZONE_LABELS] }),
    whenUnsatisfiable: warned('I2K507', { byRule: true }),
  });

export const schedulingFields = (): FieldSupportTable => ({
  ...fieldsUnder('affinity', {
    ...fieldsUnder('nodeAffinity', nodeAffinityFields()),
    ...fieldsUnder('podAffinity', podAffinityFields()),
    ...fieldsUnder('podAntiAffinity', podAntiAffinityFields()),
  }),
  ...topologySpreadFields(),
  'nodeSelector.*': mapped('machine'),
  nodeName: refused('I2K410', { unless: '' }),
  ...eachField('schedulingGates[].name schedulingGroup.podGroupName', refused('I2K410')),
  ...eachField(
    'tolerations[].effect tolerations[].key tolerations[].operator tolerations[].tolerationSeconds tolerations[].value',
    meaningless('Machines have no taints.'),
  ),
  ...eachField(
    'priority priorityClassName preemptionPolicy',
    meaningless('No pod competes with another for its machine.'),
  ),
  schedulerName: warned('I2K508', { unless: ['', 'default-scheduler'] }),
  ...eachField('runtimeClassName overhead.*', refused('I2K409')),
  ...eachField(
    'resourceClaims[].name resourceClaims[].resourceClaimName resourceClaims[].resourceClaimTemplateName',
    refused('I2K406'),
  ),
  'readinessGates[].conditionType': refused('I2K414'),
});
