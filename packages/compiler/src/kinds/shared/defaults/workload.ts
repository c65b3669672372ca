// Defaults shared by the kinds with a pod template.
import { child, ensureObject, fillAbsent, fillAbsentOrZero, type JsonObject } from './jsonObject.ts';
import { setPodTemplateDefaults } from './pod.ts';

/** Deployment, DaemonSet, ReplicaSet and StatefulSet hold their metadata, spec and template by value. */
export function specWithTemplateDefaults(object: JsonObject): JsonObject {
  ensureObject(object, 'metadata');
  const spec = ensureObject(object, 'spec');
  setPodTemplateDefaults(ensureObject(spec, 'template'));
  return spec;
}

export function setRollingUpdateDefaults(strategy: JsonObject, defaults: JsonObject): void {
  fillAbsentOrZero(strategy, { type: 'RollingUpdate' });
  if (strategy.type === 'RollingUpdate') fillAbsent(ensureObject(strategy, 'rollingUpdate'), defaults);
}

/** Copies the labels, if any, unless the field has labels. */
export function inheritLabels(to: JsonObject, key: string, labels: JsonObject | undefined): void {
  const present = Object.keys(child(to, key) ?? {}).length > 0;
  if (!present && labels && Object.keys(labels).length > 0) to[key] = { ...labels };
}
