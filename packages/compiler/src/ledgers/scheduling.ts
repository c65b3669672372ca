// What is done with the wishes that a pod has of a scheduler; see "Scheduling" of "PodSpec" in Kubernetes' API reference.

import { all, each, mapped, meaningless, refused, under, warned } from './classes.ts';
import type { Ledger } from './ledger.ts';

const HOST = 'kubernetes.io/hostname';
const ZONES = ['topology.kubernetes.io/zone', 'failure-domain.beta.kubernetes.io/zone'];

const expressions = (name: string): string => `${name}[].key ${name}[].operator ${name}[].values[]`;
const labels = (name: string): string => `${name}.matchLabels.* ${expressions(`${name}.matchExpressions`)}`;

const term: Ledger = each(
  `${labels('labelSelector')} matchLabelKeys[] mismatchLabelKeys[] ${labels('namespaceSelector')} namespaces[] topologyKey`,
  refused('I2K412'),
);

/** Not on the machine of another pod: that is so by itself. */
const apart: Ledger = {
  ...all(term, meaningless('No two pods are ever on one machine.')),
  topologyKey: refused('I2K412', { unless: HOST }),
};

const required = 'requiredDuringSchedulingIgnoredDuringExecution';
const preferred = 'preferredDuringSchedulingIgnoredDuringExecution';

const nodeAffinity: Ledger = {
  ...under(`${required}.nodeSelectorTerms[]`, {
    ...each(expressions('matchExpressions'), mapped('machine')),
    ...each(expressions('matchFields'), refused('I2K410')),
  }),
  ...under(
    `${preferred}[]`,
    each(`${expressions('preference.matchExpressions')} ${expressions('preference.matchFields')} weight`, warned('I2K506')),
  ),
};

const podAffinity: Ledger = {
  ...under(`${required}[]`, term),
  ...under(`${preferred}[].podAffinityTerm`, all(term, warned('I2K506'))),
  [`${preferred}[].weight`]: warned('I2K506'),
};

const podAntiAffinity: Ledger = {
  ...under(`${required}[]`, apart),
  ...under(`${preferred}[].podAffinityTerm`, {
    ...all(term, meaningless('No two pods are ever on one machine, and replicas are spread over the zones.')),
    topologyKey: warned('I2K506', { unless: [HOST, ...ZONES] }),
  }),
  [`${preferred}[].weight`]: meaningless('What is wished for is so by itself, or is warned of.'),
};

const spread: Ledger = under('topologySpreadConstraints[]', {
  ...each(
    `${labels('labelSelector')} matchLabelKeys[] maxSkew minDomains nodeAffinityPolicy nodeTaintsPolicy`,
    meaningless('The machines of a workload are spread evenly over the zones in any case.'),
  ),
  topologyKey: refused('I2K413', { unless: [HOST, ...ZONES] }),
  whenUnsatisfiable: warned('I2K507', { byRule: true }),
});

export const scheduling: Ledger = {
  ...under('affinity', {
    ...under('nodeAffinity', nodeAffinity),
    ...under('podAffinity', podAffinity),
    ...under('podAntiAffinity', podAntiAffinity),
  }),
  ...spread,
  'nodeSelector.*': mapped('machine'),
  nodeName: refused('I2K410', { unless: '' }),
  ...each('schedulingGates[].name schedulingGroup.podGroupName', refused('I2K410')),
  ...each(
    'tolerations[].effect tolerations[].key tolerations[].operator tolerations[].tolerationSeconds tolerations[].value',
    meaningless('Machines have no taints.'),
  ),
  ...each('priority priorityClassName preemptionPolicy', meaningless('No pod competes with another one for its machine.')),
  schedulerName: warned('I2K508', { unless: ['', 'default-scheduler'] }),
  ...each('runtimeClassName overhead.*', refused('I2K409')),
  ...each('resourceClaims[].name resourceClaims[].resourceClaimName resourceClaims[].resourceClaimTemplateName', refused('I2K406')),
  'readinessGates[].conditionType': refused('I2K414'),
};
