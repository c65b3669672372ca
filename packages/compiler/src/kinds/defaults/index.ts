// Kubernetes' own defaults of each kind, as the API server sets them before an object is read.
import type { Kind, Kinds } from '../../generated/kubernetes.ts';
import { setHorizontalPodAutoscalerDefaults } from './autoscaling.ts';
import { setPersistentVolumeClaimDefaults } from './claim.ts';
import { setCronJobDefaults, setJobDefaults } from './job.ts';
import { copyWithoutNulls, ensureObject, fillAbsentOrZero, type JsonObject } from './jsonObject.ts';
import { setLimitRangeDefaults, setNamespaceDefaults, setResourceQuotaDefaults } from './namespace.ts';
import { setIngressClassDefaults, setIngressDefaults, setNetworkPolicyDefaults } from './networking.ts';
import { setPodDefaults } from './pod.ts';
import { setServiceDefaults } from './service.ts';
import { setPersistentVolumeDefaults, setStorageClassDefaults } from './storage.ts';
import {
  setDaemonSetDefaults,
  setDeploymentDefaults,
  setReplicaSetDefaults,
  setReplicationControllerDefaults,
  setStatefulSetDefaults,
} from './workload.ts';

const ensureMetadata = (object: JsonObject): void => void ensureObject(object, 'metadata');

const ensureSpec = (object: JsonObject): void => {
  ensureMetadata(object);
  ensureObject(object, 'spec');
};

const setSecretDefaults = (object: JsonObject): void => {
  ensureMetadata(object);
  fillAbsentOrZero(object, { type: 'Opaque' });
};

/** Each modifies the copy that it gets. */
const SET_DEFAULTS: { readonly [K in Kind]: (object: JsonObject) => void } = {
  ConfigMap: ensureMetadata,
  CronJob: setCronJobDefaults,
  DaemonSet: setDaemonSetDefaults,
  Deployment: setDeploymentDefaults,
  HorizontalPodAutoscaler: setHorizontalPodAutoscalerDefaults,
  Ingress: setIngressDefaults,
  IngressClass: setIngressClassDefaults,
  Job: setJobDefaults,
  LimitRange: setLimitRangeDefaults,
  Namespace: setNamespaceDefaults,
  NetworkPolicy: setNetworkPolicyDefaults,
  PersistentVolume: setPersistentVolumeDefaults,
  PersistentVolumeClaim: setPersistentVolumeClaimDefaults,
  Pod: setPodDefaults,
  PodDisruptionBudget: ensureSpec,
  ReplicaSet: setReplicaSetDefaults,
  ReplicationController: setReplicationControllerDefaults,
  ResourceQuota: setResourceQuotaDefaults,
  Secret: setSecretDefaults,
  Service: setServiceDefaults,
  ServiceAccount: ensureMetadata,
  StatefulSet: setStatefulSetDefaults,
  StorageClass: setStorageClassDefaults,
};

/**
 * A new copy of the object with Kubernetes' defaults and without nulls, which count as absent. The type holds for an
 * object that has passed its kind's validator; unknown parts of any other object are copied unchanged.
 */
export const withDefaults = Object.fromEntries(
  Object.entries(SET_DEFAULTS).map(([kind, fill]) => [
    kind,
    (object: JsonObject) => {
      const copy = copyWithoutNulls(object);
      fill(copy);
      return copy;
    },
  ]),
) as unknown as { readonly [K in Kind]: (object: JsonObject) => Kinds[K] };
