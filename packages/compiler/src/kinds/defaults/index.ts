// Kubernetes' own defaults, kind by kind, as the API server fills them in before anything else reads an object.
import type { Kind, Kinds } from '../../generated/kubernetes.ts';
import { horizontalPodAutoscaler } from './autoscaling.ts';
import { persistentVolumeClaim } from './claim.ts';
import { cronJob, job } from './job.ts';
import { fillZero, freshCopy, type JsonObject, struct } from './json.ts';
import { limitRange, namespace, resourceQuota } from './namespace.ts';
import { ingress, ingressClass, networkPolicy } from './networking.ts';
import { pod } from './pod.ts';
import { service } from './service.ts';
import { persistentVolume, storageClass } from './storage.ts';
import { daemonSet, deployment, replicaSet, replicationController, statefulSet } from './workload.ts';

const hasMetadata = (object: JsonObject): void => void struct(object, 'metadata');

const hasSpec = (object: JsonObject): void => {
  hasMetadata(object);
  struct(object, 'spec');
};

const secret = (object: JsonObject): void => {
  hasMetadata(object);
  fillZero(object, { type: 'Opaque' });
};

/** Each fills the copy that it is given. */
const FILL: { readonly [K in Kind]: (object: JsonObject) => void } = {
  ConfigMap: hasMetadata,
  CronJob: cronJob,
  DaemonSet: daemonSet,
  Deployment: deployment,
  HorizontalPodAutoscaler: horizontalPodAutoscaler,
  Ingress: ingress,
  IngressClass: ingressClass,
  Job: job,
  LimitRange: limitRange,
  Namespace: namespace,
  NetworkPolicy: networkPolicy,
  PersistentVolume: persistentVolume,
  PersistentVolumeClaim: persistentVolumeClaim,
  Pod: pod,
  PodDisruptionBudget: hasSpec,
  ReplicaSet: replicaSet,
  ReplicationController: replicationController,
  ResourceQuota: resourceQuota,
  Secret: secret,
  Service: service,
  ServiceAccount: hasMetadata,
  StatefulSet: statefulSet,
  StorageClass: storageClass,
};

/**
 * A fresh copy of the object with Kubernetes' defaults in it and without nulls, which count as absent. The type holds for what has
 * passed its kind's validator; of anything else, what is not understood is copied as it is.
 */
export const defaultsFor = Object.fromEntries(
  Object.entries(FILL).map(([kind, fill]) => [
    kind,
    (object: JsonObject) => {
      const copy = freshCopy(object);
      fill(copy);
      return copy;
    },
  ]),
) as unknown as { readonly [K in Kind]: (object: JsonObject) => Kinds[K] };
