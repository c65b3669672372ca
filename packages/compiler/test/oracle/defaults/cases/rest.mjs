// The kinds without pods.
import { core, net, scaler } from './make.mjs';

export const rest = [
  core('ConfigMap', {}),
  core('ConfigMap', { data: { a: null, b: 'c' }, immutable: true }),
  core('Secret', {}),
  core('Secret', { type: '', stringData: { a: 'b' } }),
  core('Secret', { type: 'x', data: { a: 'YQ==' } }),
  core('ServiceAccount', {}),
  core('ServiceAccount', { metadata: null }),
  core('Namespace', {}),
  core('Namespace', { metadata: { generateName: 'a' } }),
  core('Namespace', { metadata: { name: 'a', labels: { 'kubernetes.io/metadata.name': 'b', c: 'd' } } }),
  core('PersistentVolumeClaim', {}),
  core('PersistentVolumeClaim', { spec: { volumeMode: 'Block', resources: { requests: { storage: 1073741824 } } } }),
  core('PersistentVolume', { spec: { capacity: { storage: '1Gi' }, hostPath: { path: '/x' } } }),
  core('PersistentVolume', {
    spec: {
      persistentVolumeReclaimPolicy: 'Delete',
      volumeMode: 'Block',
      rbd: { monitors: ['m'], image: 'i' },
      iscsi: { targetPortal: 't', iqn: 'i', lun: 0 },
    },
  }),
  core('PersistentVolume', {
    spec: {
      azureDisk: { diskName: 'd', diskURI: 'u' },
      scaleIO: { gateway: 'g', system: 's', secretRef: {} },
      capacity: { storage: '0.1m' },
    },
  }),
  core('ResourceQuota', { spec: { hard: { pods: '10', cpu: '0.1m' } } }),
  core('ResourceQuota', {}),
  core('LimitRange', {}),
  ...['Container', 'Pod'].flatMap((type) =>
    [
      {},
      { max: { cpu: '2' } },
      { max: { cpu: '2000m' }, min: { cpu: '1', memory: '1Mi' } },
      { default: { cpu: 1 }, min: { cpu: '500m' } },
      { default: {}, defaultRequest: { cpu: '0.1m' }, max: { memory: '1.5Gi' } },
    ].map((item) => core('LimitRange', { spec: { limits: [{ type, ...item }] } })),
  ),
  { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'a' }, provisioner: 'x' },
  {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'a' },
    provisioner: 'x',
    reclaimPolicy: 'Retain',
    volumeBindingMode: 'WaitForFirstConsumer',
    parameters: { a: 'b' },
  },
  net('Ingress', {}),
  net('Ingress', {
    defaultBackend: { service: { name: 's' } },
    rules: [
      {
        http: {
          paths: [
            { pathType: 'Prefix', backend: { service: { name: 's', port: { number: 80 } } } },
            { pathType: 'Exact', backend: { service: { name: 's' } } },
            { pathType: 'Exact', backend: { resource: { kind: 'k', name: 'n' } } },
          ],
        },
      },
      { host: 'h' },
    ],
  }),
  net('IngressClass', {}),
  net('IngressClass', { controller: 'x', parameters: { kind: 'k', name: 'n' } }),
  net('IngressClass', { parameters: { kind: 'k', name: 'n', scope: 'Namespace', namespace: 'x' } }),
  net('NetworkPolicy', {}),
  net('NetworkPolicy', { podSelector: {}, egress: [] }),
  net('NetworkPolicy', { podSelector: {}, egress: [{}] }),
  net('NetworkPolicy', { policyTypes: [], egress: [{ ports: [{ port: 53, protocol: 'UDP' }, { port: 'dns' }] }] }),
  net('NetworkPolicy', {
    policyTypes: ['Egress'],
    ingress: [{ ports: [{ port: 80 }, {}], from: [{ podSelector: {} }] }],
  }),
  { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: 'a' } },
  { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', spec: { minAvailable: '50%', selector: {} } },
  scaler({}),
  scaler({ minReplicas: 0, metrics: [] }),
  scaler({
    minReplicas: 2,
    metrics: [
      { type: 'Resource', resource: { name: 'memory', target: { type: 'AverageValue', averageValue: '1000m' } } },
      { type: 'Pods' },
    ],
  }),
  scaler({ behavior: {} }),
  scaler({
    behavior: { scaleUp: { stabilizationWindowSeconds: 5, policies: [{ type: 'Pods', value: 1, periodSeconds: 2 }] } },
  }),
  scaler({ behavior: { scaleDown: { selectPolicy: 'Disabled', tolerance: '0.05', policies: [] }, scaleUp: null } }),
];
