// Field support of all kinds. Not loaded to compile: the build writes `generated/reportedFields.js` from it.
import type { Kind } from '../kind.ts';
import { configMapFields } from './configMap.ts';
import { cronJobFields } from './cronJob.ts';
import { deploymentFields } from './deployment.ts';
import type { FieldSupportTable } from './fieldSupport.ts';
import { horizontalPodAutoscalerFields } from './horizontalPodAutoscaler.ts';
import { ingressFields } from './ingress.ts';
import { ingressClassFields } from './ingressClass.ts';
import { jobFields } from './job.ts';
import { namespaceFields } from './namespace.ts';
import { networkPolicyFields } from './networkPolicy.ts';
import { persistentVolumeClaimFields } from './persistentVolumeClaim.ts';
import { podFields } from './pod.ts';
import { podDisruptionBudgetFields } from './podDisruptionBudget.ts';
import { replicaSetFields } from './replicaSet.ts';
import { replicationControllerFields } from './replicationController.ts';
import { secretFields } from './secret.ts';
import { serviceFields } from './service.ts';
import { serviceAccountFields } from './serviceAccount.ts';
import { statefulSetFields } from './statefulSet.ts';
import { storageClassFields } from './storageClass.ts';

export const fieldSupport: { readonly [K in Kind]: FieldSupportTable } = {
  ConfigMap: configMapFields,
  Deployment: deploymentFields,
  Namespace: namespaceFields,
  PersistentVolumeClaim: persistentVolumeClaimFields,
  CronJob: cronJobFields,
  Job: jobFields,
  Pod: podFields,
  ReplicaSet: replicaSetFields,
  ReplicationController: replicationControllerFields,
  Ingress: ingressFields,
  IngressClass: ingressClassFields,
  HorizontalPodAutoscaler: horizontalPodAutoscalerFields,
  PodDisruptionBudget: podDisruptionBudgetFields,
  NetworkPolicy: networkPolicyFields,
  Secret: secretFields,
  Service: serviceFields,
  ServiceAccount: serviceAccountFields,
  StatefulSet: statefulSetFields,
  StorageClass: storageClassFields,
};
