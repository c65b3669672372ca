// The definition of a Kubernetes kind: its versions, schema, defaults and field support.
import type * as k8s from '../generated/kubernetes.ts';

/** The kinds that compile, each with the type of its defaulted object. */
export interface KindObjects {
  ConfigMap: k8s.ConfigMap;
  Deployment: k8s.Deployment;
  Namespace: k8s.Namespace;
  PersistentVolumeClaim: k8s.PersistentVolumeClaim;
  CronJob: k8s.CronJob;
  Job: k8s.Job;
  Pod: k8s.Pod;
  ReplicaSet: k8s.ReplicaSet;
  ReplicationController: k8s.ReplicationController;
  Ingress: k8s.Ingress;
  IngressClass: k8s.IngressClass;
  HorizontalPodAutoscaler: k8s.HorizontalPodAutoscaler;
  PodDisruptionBudget: k8s.PodDisruptionBudget;
  NetworkPolicy: k8s.NetworkPolicy;
  Secret: k8s.Secret;
  Service: k8s.Service;
  ServiceAccount: k8s.ServiceAccount;
  StatefulSet: k8s.StatefulSet;
  StorageClass: k8s.StorageClass;
}

export type Kind = keyof KindObjects;

export interface KindSpec {
  /** The version that is read, e.g. `apps/v1`. */
  readonly apiVersion: string;
  /** Versions that Kubernetes has removed; the diagnostic names the current one. */
  readonly former: readonly string[];
  readonly namespaced: boolean;
  /** The resources that it becomes, in words, for the README's table and `i2kit explain`. */
  readonly becomes: string;
}
