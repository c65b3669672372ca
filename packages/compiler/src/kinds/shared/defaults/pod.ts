// The defaults of pods: their spec, containers, probes and volumes, in a Pod and in a template.

import { setClaimSpecDefaults } from './claim.ts';
import { defaultPullPolicy } from './imagePullPolicy.ts';
import { child, children, ensureObject, fillAbsent, fillAbsentOrZero, type JsonObject } from './jsonObject.ts';
import { addMissingResources, roundResourceList, roundResources, setPodResourceDefaults } from './resources.ts';

/**
 * The defaults of probes and of the actions that probes and lifecycle hooks share. SetDefaults_Probe: zero counts as
 * absent, too.
 */
export function setProbeDefaults(object: JsonObject | undefined): void {
  if (!object) return;
  fillAbsentOrZero(object, { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 });
  setHttpGetDefaults(object);
  const grpc = child(object, 'grpc');
  if (grpc) fillAbsent(grpc, { service: '' });
}

/** SetDefaults_HTTPGetAction, of the probe or hook that contains it. */
export function setHttpGetDefaults(handler: JsonObject | undefined): void {
  const action = child(handler, 'httpGet');
  if (action) fillAbsentOrZero(action, { path: '/', scheme: 'HTTP' });
}

/**
 * The defaults of a container: an ordinary, an init or an ephemeral one. SetDefaults_Container and the defaults
 * below it.
 */
export function setContainerDefaults(object: JsonObject): void {
  fillAbsentOrZero(object, {
    imagePullPolicy: defaultPullPolicy(object.image),
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
  });
  for (const port of children(object, 'ports')) fillAbsentOrZero(port, { protocol: 'TCP' });
  for (const variable of children(object, 'env')) setValueFromDefaults(child(variable, 'valueFrom'));
  roundResources(ensureObject(object, 'resources'));
  for (const key of ['livenessProbe', 'readinessProbe', 'startupProbe']) setProbeDefaults(child(object, key));
  const lifecycle = child(object, 'lifecycle');
  for (const key of ['postStart', 'preStop']) setHttpGetDefaults(child(lifecycle, key));
}

function setValueFromDefaults(source: JsonObject | undefined): void {
  setFieldRefDefaults(source);
  const file = child(source, 'fileKeyRef');
  if (file) fillAbsent(file, { optional: false });
}

/** SetDefaults_ObjectFieldSelector, of the variable or the file that contains it. */
export function setFieldRefDefaults(holder: JsonObject | undefined): void {
  const selector = child(holder, 'fieldRef');
  if (selector) fillAbsentOrZero(selector, { apiVersion: 'v1' });
}

/** Sources whose files get a mode: read and write for the owner, read for others. */
const FILE_SOURCES = ['configMap', 'secret', 'downwardAPI', 'projected'];

/**
 * The defaults of a pod's volumes, and of the sources that pods and PersistentVolumes share. SetDefaults_Volume and
 * the defaults below it.
 */
export function setVolumeDefaults(object: JsonObject): void {
  // A volume without a source is an emptyDir.
  if (Object.keys(object).every((key) => key === 'name')) object.emptyDir = {};
  const image = child(object, 'image');
  if (image) fillAbsentOrZero(image, { pullPolicy: defaultPullPolicy(image.reference) });
  for (const key of FILE_SOURCES) {
    const source = child(object, key);
    if (source) fillAbsent(source, { defaultMode: 0o644 });
  }
  for (const file of children(child(object, 'downwardAPI'), 'items')) setFieldRefDefaults(file);
  for (const source of children(child(object, 'projected'), 'sources')) {
    for (const file of children(child(source, 'downwardAPI'), 'items')) setFieldRefDefaults(file);
    const token = child(source, 'serviceAccountToken');
    if (token) fillAbsent(token, { expirationSeconds: 3600 });
  }
  setVolumeSourceDefaults(object);
  const template = child(child(object, 'ephemeral'), 'volumeClaimTemplate');
  if (!template) return;
  ensureObject(template, 'metadata');
  setClaimSpecDefaults(ensureObject(template, 'spec'));
}

/** The defaults of the sources of other storage systems. */
export function setVolumeSourceDefaults(holder: JsonObject): void {
  const hostPath = child(holder, 'hostPath');
  if (hostPath) fillAbsent(hostPath, { type: '' });
  const rbd = child(holder, 'rbd');
  if (rbd) fillAbsentOrZero(rbd, { pool: 'rbd', user: 'admin', keyring: '/etc/ceph/keyring' });
  const iscsi = child(holder, 'iscsi');
  if (iscsi) fillAbsentOrZero(iscsi, { iscsiInterface: 'default' });
  const azure = child(holder, 'azureDisk');
  if (azure) fillAbsent(azure, { cachingMode: 'ReadWrite', fsType: 'ext4', readOnly: false, kind: 'Shared' });
  const scaleIO = child(holder, 'scaleIO');
  if (scaleIO) fillAbsentOrZero(scaleIO, { storageMode: 'ThinProvisioned', fsType: 'xfs' });
}

/**
 * The defaults of a pod's spec, which are the same in a Pod and in every template. SetDefaults_PodSpec and the
 * defaults below it.
 */
export function setPodSpecDefaults(spec: JsonObject): void {
  fillAbsentOrZero(spec, { dnsPolicy: 'ClusterFirst', restartPolicy: 'Always', schedulerName: 'default-scheduler' });
  fillAbsent(spec, { securityContext: {}, terminationGracePeriodSeconds: 30 });
  for (const object of children(spec, 'volumes')) setVolumeDefaults(object);
  for (const key of ['initContainers', 'containers', 'ephemeralContainers']) {
    for (const object of children(spec, key)) setContainerDefaults(object);
  }
  roundResourceList(spec, 'overhead');
  roundResources(child(spec, 'resources'));
}

/** A pod template that its owner holds by value. */
export function setPodTemplateDefaults(template: JsonObject): void {
  ensureObject(template, 'metadata');
  setPodSpecDefaults(ensureObject(template, 'spec'));
}

/**
 * The defaults that only a Pod gets, not a template: Kubernetes sets them when it creates the pod. SetDefaults_Pod.
 * In place: the argument is a copy.
 */
export function setPodOnlyDefaults(spec: JsonObject): void {
  for (const key of ['containers', 'initContainers']) {
    for (const container of children(spec, key)) {
      const limits = child(child(container, 'resources'), 'limits');
      // A limit without a request is the request, too.
      if (limits) addMissingResources(ensureObject(container, 'resources'), 'requests', limits);
      if (spec.hostNetwork !== true) continue;
      for (const port of children(container, 'ports')) fillAbsentOrZero(port, { hostPort: port.containerPort });
    }
  }
  setPodResourceDefaults(spec);
  fillAbsent(spec, { enableServiceLinks: true });
}
