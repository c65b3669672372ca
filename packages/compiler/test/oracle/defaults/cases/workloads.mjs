// The kinds that keep pods running.
import { core, requests, template, workload } from './make.mjs';

export const workloads = [
  ...['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'].flatMap((kind) => [
    workload(kind, {}),
    workload(kind, { replicas: 0, revisionHistoryLimit: 0, minReadySeconds: 0 }, { status: { x: 1 } }),
    workload(kind, { template: { spec: { containers: [requests(undefined, { cpu: '1' })], hostNetwork: true } } }),
  ]),
  ...[
    { type: 'Recreate' },
    { type: 'Recreate', rollingUpdate: {} },
    { type: 'Recreate', rollingUpdate: null },
    {},
    null,
    { rollingUpdate: { maxSurge: 0 } },
    { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '10%' } },
    { type: '', rollingUpdate: { maxSurge: '' } },
  ].map((strategy) => workload('Deployment', { strategy })),
  ...[
    { type: 'OnDelete' },
    { type: 'OnDelete', rollingUpdate: {} },
    { type: 'RollingUpdate' },
    { type: 'RollingUpdate', rollingUpdate: {} },
    { rollingUpdate: { maxUnavailable: 2 } },
    { rollingUpdate: { partition: 3 } },
    {},
  ].flatMap((updateStrategy) => [
    workload('StatefulSet', { updateStrategy }),
    workload('DaemonSet', { updateStrategy: updateStrategy.rollingUpdate?.partition ? null : updateStrategy }),
  ]),
  workload('StatefulSet', {
    podManagementPolicy: 'Parallel',
    persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete' },
    serviceName: 'x',
  }),
  workload('StatefulSet', {
    persistentVolumeClaimRetentionPolicy: {},
    volumeClaimTemplates: [
      {
        metadata: { name: 'd' },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
      },
      { spec: { volumeMode: 'Block' }, status: { phase: 'Bound' } },
    ],
  }),
  workload('Deployment', {
    progressDeadlineSeconds: 0,
    paused: false,
    template: {
      metadata: { labels: { a: null }, annotations: null },
      spec: { containers: [{ name: 'c', image: 'a' }] },
    },
  }),
  core('ReplicationController', {}),
  core('ReplicationController', { spec: { template } }),
  core('ReplicationController', {
    spec: { template, selector: { x: 'y' }, replicas: 0 },
    metadata: { name: 'a', labels: { z: 'z' } },
  }),
  core('ReplicationController', {
    spec: { template: { spec: { containers: [] } }, selector: {} },
    metadata: { labels: {} },
  }),
  core('ReplicationController', { spec: { template: { metadata: { labels: {} } } } }),
];
