// What i2kit does with each field of each kind: one line a kind. Not loaded to compile: `generated/said.js` is made of it at build time.
import type { Kind } from '../kinds/kind.ts';
import { configMap } from './configMap.ts';
import { cronJob } from './cronJob.ts';
import { deployment } from './deployment.ts';
import { horizontalPodAutoscaler } from './horizontalPodAutoscaler.ts';
import { ingress } from './ingress.ts';
import { ingressClass } from './ingressClass.ts';
import { job } from './job.ts';
import type { Ledger } from './ledger.ts';
import { namespace } from './namespace.ts';
import { networkPolicy } from './networkPolicy.ts';
import { persistentVolumeClaim } from './persistentVolumeClaim.ts';
import { pod } from './pod.ts';
import { podDisruptionBudget } from './podDisruptionBudget.ts';
import { replicaSet } from './replicaSet.ts';
import { replicationController } from './replicationController.ts';
import { secret } from './secret.ts';
import { service } from './service.ts';
import { serviceAccount } from './serviceAccount.ts';
import { statefulSet } from './statefulSet.ts';
import { storageClass } from './storageClass.ts';

export const ledgers: { readonly [K in Kind]: Ledger } = {
  ConfigMap: configMap,
  Deployment: deployment,
  Namespace: namespace,
  PersistentVolumeClaim: persistentVolumeClaim,
  CronJob: cronJob,
  Job: job,
  Pod: pod,
  ReplicaSet: replicaSet,
  ReplicationController: replicationController,
  Ingress: ingress,
  IngressClass: ingressClass,
  HorizontalPodAutoscaler: horizontalPodAutoscaler,
  PodDisruptionBudget: podDisruptionBudget,
  NetworkPolicy: networkPolicy,
  Secret: secret,
  Service: service,
  ServiceAccount: serviceAccount,
  StatefulSet: statefulSet,
  StorageClass: storageClass,
};
