// The kinds that compile: one line each.
import type { Kinds } from '../generated/kubernetes.ts';
import { configMap } from './configMap.ts';
import { cronJob } from './cronJob.ts';
import { deployment } from './deployment.ts';
import { horizontalPodAutoscaler } from './horizontalPodAutoscaler.ts';
import { ingress } from './ingress.ts';
import { ingressClass } from './ingressClass.ts';
import { job } from './job.ts';
import type { KindSpec } from './kind.ts';
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

export const kinds = {
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
} satisfies Readonly<Record<string, KindSpec>>;

export type Kind = keyof typeof kinds;

/** The kinds that compile, each with the type of its defaulted object. */
export type KindObjects = { readonly [K in Kind]: Kinds[K] };

export function isKind(name: string): name is Kind {
  return Object.hasOwn(kinds, name);
}
