// The defaults of the kinds that keep pods running.
import { persistentVolumeClaim } from './claim.ts';
import { child, children, fill, fillZero, type JsonObject, struct } from './json.ts';
import { podTemplate } from './podSpec.ts';

/** Every one of them holds its metadata, its spec and its template by value. */
function specOf(object: JsonObject): JsonObject {
  struct(object, 'metadata');
  const spec = struct(object, 'spec');
  podTemplate(struct(spec, 'template'));
  return spec;
}

export function deployment(object: JsonObject): void {
  const spec = specOf(object);
  fill(spec, { replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600 });
  rollingUpdate(struct(spec, 'strategy'), { maxUnavailable: '25%', maxSurge: '25%' });
}

export function daemonSet(object: JsonObject): void {
  const spec = specOf(object);
  fill(spec, { revisionHistoryLimit: 10 });
  rollingUpdate(struct(spec, 'updateStrategy'), { maxUnavailable: 1, maxSurge: 0 });
}

function rollingUpdate(strategy: JsonObject, defaults: JsonObject): void {
  fillZero(strategy, { type: 'RollingUpdate' });
  if (strategy.type === 'RollingUpdate') fill(struct(strategy, 'rollingUpdate'), defaults);
}

export function replicaSet(object: JsonObject): void {
  fill(specOf(object), { replicas: 1 });
}

export function statefulSet(object: JsonObject): void {
  const spec = specOf(object);
  fillZero(spec, { podManagementPolicy: 'OrderedReady' });
  fill(spec, { replicas: 1, revisionHistoryLimit: 10 });
  fillZero(struct(spec, 'persistentVolumeClaimRetentionPolicy'), { whenDeleted: 'Retain', whenScaled: 'Retain' });
  const strategy = struct(spec, 'updateStrategy');
  // Unlike a Deployment, one that names its type and says no more keeps saying no more.
  if (!strategy.type) fill(strategy, { rollingUpdate: {} });
  fillZero(strategy, { type: 'RollingUpdate' });
  const rolling = child(strategy, 'rollingUpdate');
  if (rolling && strategy.type === 'RollingUpdate') fill(rolling, { partition: 0 });
  for (const claim of children(spec, 'volumeClaimTemplates')) persistentVolumeClaim(claim);
}

/** The oldest of them: the only one whose template may be missing, and whose labels and selector come from it. */
export function replicationController(object: JsonObject): void {
  const metadata = struct(object, 'metadata');
  const spec = struct(object, 'spec');
  fill(spec, { replicas: 1 });
  const template = child(spec, 'template');
  if (!template) return;
  podTemplate(template);
  const labels = child(child(template, 'metadata'), 'labels');
  inherit(spec, 'selector', labels);
  inherit(metadata, 'labels', labels);
}

/** Takes the labels over, if there are any, where nothing stands. */
export function inherit(to: JsonObject, key: string, labels: JsonObject | undefined): void {
  const present = Object.keys(child(to, key) ?? {}).length > 0;
  if (!present && labels && Object.keys(labels).length > 0) to[key] = { ...labels };
}
