// The defaults of Deployment, DaemonSet, ReplicaSet, StatefulSet and ReplicationController.
import { setPersistentVolumeClaimDefaults } from './claim.ts';
import { child, children, ensureObject, fillAbsent, fillAbsentOrZero, type JsonObject } from './jsonObject.ts';
import { setPodTemplateDefaults } from './pod.ts';

/** All of them hold their metadata, spec and template by value. */
function specWithTemplateDefaults(object: JsonObject): JsonObject {
  ensureObject(object, 'metadata');
  const spec = ensureObject(object, 'spec');
  setPodTemplateDefaults(ensureObject(spec, 'template'));
  return spec;
}

export function setDeploymentDefaults(object: JsonObject): void {
  const spec = specWithTemplateDefaults(object);
  fillAbsent(spec, { replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600 });
  setRollingUpdateDefaults(ensureObject(spec, 'strategy'), { maxUnavailable: '25%', maxSurge: '25%' });
}

export function setDaemonSetDefaults(object: JsonObject): void {
  const spec = specWithTemplateDefaults(object);
  fillAbsent(spec, { revisionHistoryLimit: 10 });
  setRollingUpdateDefaults(ensureObject(spec, 'updateStrategy'), { maxUnavailable: 1, maxSurge: 0 });
}

function setRollingUpdateDefaults(strategy: JsonObject, defaults: JsonObject): void {
  fillAbsentOrZero(strategy, { type: 'RollingUpdate' });
  if (strategy.type === 'RollingUpdate') fillAbsent(ensureObject(strategy, 'rollingUpdate'), defaults);
}

export function setReplicaSetDefaults(object: JsonObject): void {
  fillAbsent(specWithTemplateDefaults(object), { replicas: 1 });
}

export function setStatefulSetDefaults(object: JsonObject): void {
  const spec = specWithTemplateDefaults(object);
  fillAbsentOrZero(spec, { podManagementPolicy: 'OrderedReady' });
  fillAbsent(spec, { replicas: 1, revisionHistoryLimit: 10 });
  fillAbsentOrZero(ensureObject(spec, 'persistentVolumeClaimRetentionPolicy'), {
    whenDeleted: 'Retain',
    whenScaled: 'Retain',
  });
  const strategy = ensureObject(spec, 'updateStrategy');
  // Unlike a Deployment, a strategy with a type and nothing else gets no more.
  if (!strategy.type) fillAbsent(strategy, { rollingUpdate: {} });
  fillAbsentOrZero(strategy, { type: 'RollingUpdate' });
  const rolling = child(strategy, 'rollingUpdate');
  if (rolling && strategy.type === 'RollingUpdate') fillAbsent(rolling, { partition: 0 });
  for (const claim of children(spec, 'volumeClaimTemplates')) setPersistentVolumeClaimDefaults(claim);
}

/** Unlike the others, its template may be missing, and its labels and selector default to the template's labels. */
export function setReplicationControllerDefaults(object: JsonObject): void {
  const metadata = ensureObject(object, 'metadata');
  const spec = ensureObject(object, 'spec');
  fillAbsent(spec, { replicas: 1 });
  const template = child(spec, 'template');
  if (!template) return;
  setPodTemplateDefaults(template);
  const labels = child(child(template, 'metadata'), 'labels');
  inheritLabels(spec, 'selector', labels);
  inheritLabels(metadata, 'labels', labels);
}

/** Copies the labels, if any, unless the field has labels. */
export function inheritLabels(to: JsonObject, key: string, labels: JsonObject | undefined): void {
  const present = Object.keys(child(to, key) ?? {}).length > 0;
  if (!present && labels && Object.keys(labels).length > 0) to[key] = { ...labels };
}
