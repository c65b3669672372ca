// Trials of what objects say beside their pods, by kind.
import type { Kind } from '../../src/kinds/index.ts';
import * as objects from '../helpers/objects.ts';
import { claimUser, configMapReader, deployments, fastClaim } from './fixtures.ts';
import type { LeafCase, LeafCases } from './leafCases.ts';

const { withFields: having } = objects;

/** Trials of one kind, which come before those of all kinds. */
const casesOf = (kind: Kind, table: LeafCases): LeafCases =>
  Object.fromEntries(Object.entries(table).map(([path, trial]) => [`${kind} ${path}`, trial]));

const annotated = (name: string, values: readonly string[]): LeafCase => ({
  at: 'metadata.annotations',
  values: values.map((value) => ({ [name]: value })),
});
const instanceType = annotated('i2kit.dev/instance-type', ['t3.large', 't3.xlarge']);

/** Labels that choose workloads: `web` and `other` are there. */
const choosing = (path: string): LeafCases => {
  const expression = { key: 'app', operator: 'In', values: ['web'] };
  const beside = { [path]: { matchExpressions: [expression] } };
  return {
    [`${path}.matchLabels.*`]: { at: `${path}.matchLabels`, values: [{ app: 'web' }, { app: 'other' }] },
    [`${path}.matchExpressions[].key`]: { beside, values: ['app', 'tier'] },
    [`${path}.matchExpressions[].operator`]: { beside, values: ['In', 'NotIn'] },
    [`${path}.matchExpressions[].values[]`]: { beside, values: ['web', 'other'] },
  };
};

const choosingNamespaces = (path: string): LeafCases => {
  const key = 'kubernetes.io/metadata.name';
  const beside = { [path]: { matchExpressions: [{ key, operator: 'In', values: ['default'] }] } };
  return {
    [`${path}.matchLabels.*`]: { at: `${path}.matchLabels`, values: [{ [key]: 'default' }, { [key]: 'staging' }] },
    [`${path}.matchExpressions[].key`]: { beside, values: [key, 'tier'] },
    [`${path}.matchExpressions[].operator`]: { beside, values: ['In', 'NotIn'] },
    [`${path}.matchExpressions[].values[]`]: { beside, values: ['default', 'staging'] },
  };
};

const claim = (path: string): LeafCases => ({
  [`${path}resources.requests.*`]: { at: `${path}resources.requests.storage`, values: ['1Gi', '2Gi'] },
  [`${path}storageClassName`]: { values: ['fast', 'slow'] },
  [`${path}volumeMode`]: { values: ['Filesystem', 'Block'] },
});
const snapshots = ['snap-00000001', 'snap-00000002'].map((id) => ({ 'i2kit.dev/snapshot-id': id }));

const workloads = (
  ['CronJob', 'Deployment', 'Job', 'Pod', 'ReplicaSet', 'ReplicationController', 'StatefulSet'] as const
).map((kind) => casesOf(kind, { 'metadata.annotations.*': instanceType }));

const metric = (sort: string, body: object) => ({ 'spec.metrics[]': { type: sort, ...body } });
const utilization = { type: 'Utilization', averageUtilization: 50 };
const cpu = (target: object) => metric('Resource', { resource: { name: 'cpu', target } });
const requests = (target: object, more: object = {}) =>
  metric('Object', {
    object: {
      describedObject: { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'web' },
      metric: { name: 'requests-per-second', ...more },
      target,
    },
  });
const average = { type: 'AverageValue', averageValue: '10' };

const foreignMetrics = Object.fromEntries(
  Object.entries({
    ContainerResource: { containerResource: { name: 'cpu', container: 'web', target: utilization } },
    External: { external: { metric: { name: 'one' }, target: average } },
    Pods: { pods: { metric: { name: 'one' }, target: average } },
  }).flatMap(([sort, body]) => {
    const source = Object.keys(body)[0];
    const path = `spec.metrics[].${source}`;
    const beside = metric(sort, body);
    const expression = {
      ...beside,
      [`${path}.metric.selector.matchExpressions`]: [{ key: 'one', operator: 'In', values: ['one'] }],
    };
    return [
      ...['container', 'metric.name', 'metric.selector.matchLabels.*'].map(
        (leaf) => [`${path}.${leaf}`, { beside }] as const,
      ),
      [`${path}.name`, { beside, values: ['cpu', 'memory'] }] as const,
      [`${path}.target.averageUtilization`, { beside }] as const,
      [`${path}.target.averageValue`, { beside, values: ['1', '2'] }] as const,
      [`${path}.target.value`, { beside, values: ['1', '2'] }] as const,
      [`${path}.target.type`, { beside, values: ['Utilization', 'AverageValue'] }] as const,
      [`${path}.metric.selector.matchExpressions[].key`, { beside: expression }] as const,
      [`${path}.metric.selector.matchExpressions[].operator`, { beside: expression, values: ['In', 'NotIn'] }] as const,
      [`${path}.metric.selector.matchExpressions[].values[]`, { beside: expression }] as const,
    ];
  }),
) as LeafCases;

const autoscaler: LeafCases = {
  ...foreignMetrics,
  'spec.minReplicas': { values: [1, 2] },
  'spec.scaleTargetRef.apiVersion': { values: ['apps/v1', 'example.com/v1'], refuses: 'I2K475' },
  'spec.scaleTargetRef.kind': { values: ['Deployment', 'Job'], refuses: 'I2K475' },
  'spec.scaleTargetRef.name': { values: ['web', 'other'] },
  'spec.metrics[].type': { beside: cpu(utilization), values: ['Resource', 'Pods'], refuses: 'I2K338' },
  'spec.metrics[].resource.name': { beside: cpu(utilization), values: ['cpu', 'memory'] },
  'spec.metrics[].resource.target.type': { beside: cpu(utilization), values: ['Utilization', 'AverageValue'] },
  'spec.metrics[].resource.target.averageUtilization': { beside: cpu(utilization), values: [50, 60] },
  'spec.metrics[].resource.target.averageValue': { beside: cpu({ type: 'AverageValue' }), values: ['100m', '200m'] },
  'spec.metrics[].resource.target.value': { beside: cpu(utilization), values: [undefined, '1'] },
  'spec.metrics[].object.describedObject.apiVersion': {
    beside: requests(average),
    values: ['networking.k8s.io/v1', 'v1'],
    refuses: 'I2K476',
  },
  'spec.metrics[].object.describedObject.kind': {
    beside: requests(average),
    values: ['Ingress', 'Pod'],
    refuses: 'I2K476',
  },
  'spec.metrics[].object.describedObject.name': {
    beside: requests(average),
    values: ['web', 'gone'],
    refuses: 'I2K476',
  },
  'spec.metrics[].object.metric.name': {
    beside: requests(average),
    values: ['requests-per-second', 'other'],
    refuses: 'I2K476',
  },
  'spec.metrics[].object.metric.selector.matchLabels.*': { beside: requests(average) },
  'spec.metrics[].object.metric.selector.matchExpressions[].key': { beside: requests(average) },
  'spec.metrics[].object.metric.selector.matchExpressions[].operator': {
    beside: requests(average),
    values: ['Exists', 'DoesNotExist'],
  },
  'spec.metrics[].object.metric.selector.matchExpressions[].values[]': { beside: requests(average) },
  'spec.metrics[].object.target.averageUtilization': { beside: requests(average), values: [undefined, 50] },
  'spec.metrics[].object.target.averageValue': { beside: requests(average), values: ['10', '20'] },
  'spec.metrics[].object.target.type': {
    beside: requests(average),
    values: ['AverageValue', 'Value'],
    refuses: 'I2K476',
  },
  'spec.metrics[].object.target.value': { beside: requests(average), values: [undefined, '10'] },
};

const port = (path: string) => ({ [`${path}.service`]: { name: 'web', port: { name: 'http' } } });
const backend = (path: string): LeafCases => ({
  [`${path}.service.name`]: { beside: port(path), values: ['web', 'other'] },
  [`${path}.service.port.name`]: { beside: port(path), values: ['http', 'metrics'] },
  [`${path}.service.port.number`]: { beside: { [`${path}.service`]: { name: 'web' } }, values: [80, 82] },
});

const balanced = { 'spec.type': 'LoadBalancer' };

const service: LeafCases = {
  'metadata.annotations.*': annotated('i2kit.dev/load-balancer', ['one', 'two']),
  'spec.externalTrafficPolicy': { beside: balanced, values: ['Cluster', 'Local'] },
  'spec.loadBalancerSourceRanges[]': { beside: balanced, values: ['10.0.0.0/8', '10.1.0.0/16'] },
  'spec.allocateLoadBalancerNodePorts': { beside: balanced },
  'spec.ports[].nodePort': { beside: { 'spec.type': 'NodePort' }, values: [30001, 30002] },
  'spec.ports[].protocol': { beside: { 'spec.ports[].targetPort': 53 }, values: ['TCP', 'UDP'] },
  'spec.ports[].targetPort': { values: [80, 81] },
  'spec.ports[].name': {
    around: [
      ...deployments,
      having(objects.ingress, { 'spec.rules[0].http.paths[0].backend.service.port': { name: 'one' } }),
    ],
    values: ['one', 'two'],
    refuses: 'I2K483',
  },
  'spec.selector.*': { at: 'spec.selector.app', values: ['web', 'other'] },
  'spec.sessionAffinity': { values: ['None', 'ClientIP'] },
  'spec.type': { values: ['ClusterIP', 'LoadBalancer'] },
  'spec.externalName': { beside: { spec: { type: 'ExternalName' } }, values: ['a.example.com', 'b.example.com'] },
};

const ingress: LeafCases = {
  'metadata.annotations.*': annotated('alb.ingress.kubernetes.io/scheme', ['internal', 'internet-facing']),
  ...backend('spec.defaultBackend'),
  ...backend('spec.rules[].http.paths[].backend'),
  'spec.rules[].http.paths[].path': { values: ['/a', '/b'] },
  'spec.rules[].http.paths[].pathType': {
    beside: { 'spec.rules[].http.paths[].path': '/a' },
    values: ['Exact', 'Prefix'],
  },
  'spec.tls[].hosts[]': {
    beside: {
      'metadata.annotations': {
        'alb.ingress.kubernetes.io/certificate-arn': 'arn:aws:acm:eu-west-1:123456789012:certificate/a',
      },
    },
    values: ['a.example.com', 'b.example.com'],
  },
  'spec.tls[].secretName': { beside: { 'spec.tls[].hosts': ['a.example.com'] } },
};

const byDefault = { 'metadata.annotations': { 'ingressclass.kubernetes.io/is-default-class': 'true' } };
const ingressClass: LeafCases = {
  'metadata.annotations.*': annotated('ingressclass.kubernetes.io/is-default-class', ['true', 'false']),
  'metadata.name': { beside: byDefault, values: ['alb', 'other'] },
};

const statefulSet: LeafCases = {
  'spec.persistentVolumeClaimRetentionPolicy.whenDeleted': { values: ['Retain', 'Delete'] },
  'spec.persistentVolumeClaimRetentionPolicy.whenScaled': {
    beside: { 'spec.replicas': 1 },
    values: ['Retain', 'Delete'],
    after: [having(objects.statefulSet, { 'spec.replicas': 2 })],
  },
  'spec.podManagementPolicy': { beside: { 'spec.replicas': 2 }, values: ['OrderedReady', 'Parallel'] },
  'spec.updateStrategy.type': { values: ['RollingUpdate', 'OnDelete'] },
  'spec.updateStrategy.rollingUpdate.partition': {
    beside: { 'spec.replicas': 3, 'metadata.annotations': { 'i2kit.dev/previous-image': 'ami-12345678' } },
    values: [1, 2],
  },
  'spec.volumeClaimTemplates[].metadata.annotations.*': {
    at: 'spec.volumeClaimTemplates[].metadata.annotations',
    values: snapshots,
  },
  'spec.volumeClaimTemplates[].metadata.name': {
    beside: { 'spec.template.spec.containers[0].volumeMounts': undefined },
    values: ['one', 'two'],
  },
  ...claim('spec.volumeClaimTemplates[].spec.'),
  'spec.volumeClaimTemplates[].spec.volumeMode': {
    beside: { 'spec.template.spec.containers[0].volumeMounts': undefined },
    values: ['Filesystem', 'Block'],
  },
};

/** Where what it belongs to is, and where it is not. */
const elsewhere: LeafCase = { values: ['default', 'staging'] };

const bare = having(claimUser(), { 'spec.template.spec.containers[0].volumeMounts': undefined });

const claimObject: LeafCases = {
  'metadata.annotations.*': { at: 'metadata.annotations', values: snapshots },
  'metadata.name': { values: ['web', 'gone'], refuses: 'I2K452' },
  'metadata.namespace': { ...elsewhere, refuses: 'I2K452' },
  ...claim('spec.'),
  'spec.volumeMode': { values: ['Filesystem', 'Block'], around: [bare] },
};

const gone = having(configMapReader, { 'spec.template.spec.containers[0].envFrom[0].configMapRef.optional': true });
const grown = having(fastClaim, { 'spec.resources.requests.storage': '2Gi' });

const storageClass: LeafCases = {
  'metadata.annotations.*': {
    ...annotated('storageclass.kubernetes.io/is-default-class', ['true', 'false']),
    beside: { parameters: { throughput: '250' } },
    around: [claimUser(), having(fastClaim, { 'spec.storageClassName': undefined })],
  },
  'parameters.*': { at: 'parameters', values: [{ throughput: '200' }, { throughput: '250' }] },
  reclaimPolicy: { values: ['Delete', 'Retain'] },
  volumeBindingMode: { values: ['Immediate', 'WaitForFirstConsumer'] },
  provisioner: { beside: { parameters: { throughput: '250' } }, values: ['ebs.csi.aws.com', 'pd.csi.storage.gke.io'] },
  allowVolumeExpansion: {
    values: [true, false],
    refuses: 'I2K653',
    around: [claimUser(), grown],
    after: [claimUser(), fastClaim, objects.storageClass],
  },
  'allowedTopologies[].matchLabelExpressions[].key': {
    values: ['topology.kubernetes.io/zone', 'other'],
    refuses: 'I2K411',
  },
  'allowedTopologies[].matchLabelExpressions[].values[]': {
    beside: { 'allowedTopologies[].matchLabelExpressions[].key': 'topology.kubernetes.io/zone' },
    values: ['eu-west-1a', 'eu-west-1b'],
  },
  'metadata.name': { beside: { parameters: { throughput: '250' } }, values: ['fast', 'gone'] },
};

/** One direction of a policy: `ingress` from, `egress` to. */
const traffic = (rules: string, peers: string): LeafCases => ({
  ...choosing(`${peers}.podSelector`),
  ...choosingNamespaces(`${peers}.namespaceSelector`),
  [`${peers}.ipBlock.cidr`]: { beside: { [peers]: {} }, values: ['10.0.0.0/8', '10.1.0.0/16'] },
  [`${peers}.ipBlock.except[]`]: {
    beside: { [peers]: { ipBlock: { cidr: '10.0.0.0/8' } } },
    values: ['10.1.0.0/16', '10.2.0.0/16'],
  },
  [`${rules}.ports[].endPort`]: { beside: { [`${rules}.ports[].port`]: 80 }, values: [90, 91] },
  [`${rules}.ports[].port`]: { values: [80, 81] },
  [`${rules}.ports[].protocol`]: { beside: { [`${rules}.ports[].port`]: 53 }, values: ['TCP', 'UDP'] },
});

const networkPolicy: LeafCases = {
  ...choosing('spec.podSelector'),
  ...traffic('spec.ingress[]', 'spec.ingress[].from[]'),
  ...traffic('spec.egress[]', 'spec.egress[].to[]'),
  'spec.policyTypes[]': { values: ['Ingress', 'Egress'], refuses: 'I2K478' },
};

const budget: LeafCases = {
  ...choosing('spec.selector'),
  'spec.maxUnavailable': { values: [1, 2] },
  'spec.minAvailable': { beside: { 'spec.maxUnavailable': undefined }, values: [1, 2] },
  'spec.unhealthyPodEvictionPolicy': { values: ['IfHealthyBudget', 'AlwaysAllow'] },
};

const jobs: LeafCases = {
  restartPolicy: { values: ['Never', 'OnFailure'] },
  podReplacementPolicy: { values: ['TerminatingOrFailed', 'Failed'] },
  completionMode: { values: ['Indexed'] },
};

export const objectCases: LeafCases = {
  // Shorter deadlines are all 300 seconds behind a load balancer.
  'Deployment spec.progressDeadlineSeconds': { values: [700, 800] },
  ...jobs,
  ...Object.assign({}, ...workloads),
  ...casesOf('ConfigMap', {
    'metadata.name': { values: ['web', 'gone'], around: [gone] },
    'metadata.namespace': { values: ['default', 'staging'], around: [gone] },
    'binaryData.*': {
      values: ['AAAA', 'AAAB'],
      around: [
        having(objects.deployment, { 'spec.template.spec.volumes': [{ name: 'files', configMap: { name: 'web' } }] }),
      ],
    },
  }),
  ...casesOf('CronJob', {
    'spec.schedule': { values: ['0 3 * * *', '0 4 * * *'] },
    'spec.timeZone': { values: ['UTC', 'Europe/Vienna'] },
    'spec.concurrencyPolicy': { values: ['Replace'] },
    'spec.jobTemplate.spec.suspend': { values: [true] },
  }),
  ...casesOf('Deployment', {
    'spec.strategy.rollingUpdate.maxSurge': { values: [1, 2] },
    'spec.strategy.rollingUpdate.maxUnavailable': { beside: { 'spec.replicas': 5 }, values: [1, 2] },
    'spec.strategy.type': { values: ['RollingUpdate', 'Recreate'] },
  }),
  ...casesOf('HorizontalPodAutoscaler', {
    ...autoscaler,
    'spec.behavior.scaleUp.tolerance': { values: ['1'] },
    'spec.behavior.scaleDown.tolerance': { values: ['1'] },
  }),
  ...casesOf('HorizontalPodAutoscaler', { 'metadata.namespace': { ...elsewhere, refuses: 'I2K475' } }),
  ...casesOf('Ingress', { ...ingress, 'metadata.namespace': { ...elsewhere, refuses: 'I2K483' } }),
  ...casesOf('IngressClass', ingressClass),
  ...casesOf('Namespace', { 'spec.finalizers[]': { values: ['kubernetes', 'example.com/one'] } }),
  ...casesOf('NetworkPolicy', { ...networkPolicy, 'metadata.namespace': elsewhere }),
  ...casesOf('PersistentVolumeClaim', claimObject),
  ...casesOf('PodDisruptionBudget', { ...budget, 'metadata.namespace': elsewhere }),
  ...casesOf('Secret', { 'data.*': { values: ['AAAA', 'AAAB'] } }),
  ...casesOf('Service', { ...service, 'metadata.namespace': elsewhere }),
  ...casesOf('ServiceAccount', {
    'metadata.name': { values: ['web', 'gone'], refuses: 'I2K453' },
    'metadata.namespace': { values: ['default', 'staging'], refuses: 'I2K453' },
    'metadata.annotations.*': annotated('eks.amazonaws.com/role-arn', [
      'arn:aws:iam::123456789012:role/a',
      'arn:aws:iam::123456789012:role/b',
    ]),
  }),
  ...casesOf('StatefulSet', statefulSet),
  ...casesOf('StorageClass', storageClass),
};
