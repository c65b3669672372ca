// What stands around an object whose leaves are changed one at a time, and what the compiler makes of them together.
import { type CompileResult, compile } from '../../src/compile.ts';
import type { Kind } from '../../src/kinds/index.ts';
import type { JsonObject } from '../../src/kinds/shared/defaults/jsonObject.ts';
import type { Lock } from '../../src/options.ts';
import * as objects from '../helpers/objects.ts';

const { withFields: having } = objects;

export const withName = (object: JsonObject, name: string, more: Readonly<Record<string, unknown>> = {}): JsonObject =>
  having(object, { 'metadata.name': name, ...more });

/** A sidecar, so that what an init container says of probes and ports is meant, too. */
const sidecar = { name: 'side', image: 'nginx:1.29', restartPolicy: 'Always' };

const withSidecar = (object: JsonObject, pod: string): JsonObject =>
  having(object, { [`${pod}.initContainers`]: [sidecar] });

export const podPath: Readonly<Partial<Record<Kind, string>>> = {
  CronJob: 'spec.jobTemplate.spec.template.spec',
  Deployment: 'spec.template.spec',
  Job: 'spec.template.spec',
  Pod: 'spec',
  ReplicaSet: 'spec.template.spec',
  ReplicationController: 'spec.template.spec',
  StatefulSet: 'spec.template.spec',
};

const minimalObjects: Readonly<Record<Kind, JsonObject>> = {
  ConfigMap: objects.configMap,
  CronJob: objects.cronJob,
  Deployment: objects.deployment,
  HorizontalPodAutoscaler: objects.autoscaler,
  Ingress: objects.ingress,
  IngressClass: objects.ingressClass,
  Job: objects.job,
  Namespace: objects.namespace,
  NetworkPolicy: objects.networkPolicy,
  PersistentVolumeClaim: objects.claim,
  Pod: objects.pod,
  PodDisruptionBudget: objects.budget,
  ReplicaSet: objects.replicaSet,
  ReplicationController: objects.replicationController,
  Secret: objects.secret,
  Service: objects.service,
  ServiceAccount: objects.serviceAccount,
  StatefulSet: having(objects.statefulSet, {
    'spec.template.spec.containers[0].volumeMounts': [{ name: 'data', mountPath: '/data' }],
  }),
  StorageClass: objects.storageClass,
};

/** The object of each kind that is changed: valid, and compiled together with `around`. */
export const baseObjects = Object.fromEntries(
  Object.entries(minimalObjects).map(([kind, object]) => {
    const pod = podPath[kind as Kind];
    return [kind, pod === undefined ? object : withSidecar(object, pod)];
  }),
) as Readonly<Record<Kind, JsonObject>>;

const data = { 'app.conf': 'a=1', key: 'one', other: 'two' };
const configMaps = ['web', 'other'].map((name) =>
  having(objects.configMap, { 'metadata.name': name, data: { ...data, name } }),
);
const accounts = ['web', 'other'].map((name) =>
  having(objects.serviceAccount, {
    'metadata.name': name,
    'metadata.annotations': { 'eks.amazonaws.com/role-arn': `arn:aws:iam::123456789012:role/${name}` },
  }),
);
export const deployments = ['web', 'other'].map((name) =>
  withName(objects.deployment, name, {
    'spec.replicas': 3,
    'spec.selector.matchLabels.app': name,
    'spec.template.metadata.labels.app': name,
    'spec.template.spec.containers[0].ports': [
      { name: 'http', containerPort: 80 },
      { name: 'metrics', containerPort: 81 },
      { name: 'dns', containerPort: 53, protocol: 'UDP' },
    ],
  }),
);
export const services = ['web', 'other'].map((name) =>
  withName(objects.service, name, {
    'spec.selector.app': name,
    'spec.ports': [
      { name: 'http', port: name === 'web' ? 80 : 81, targetPort: 'http' },
      { name: 'metrics', port: name === 'web' ? 82 : 83, targetPort: 'metrics' },
    ],
  }),
);
export const configMapReader = withName(objects.deployment, 'web', {
  'spec.template.spec.containers[0].envFrom': [{ configMapRef: { name: 'web' } }],
});
export const accountUser = withName(objects.deployment, 'web', { 'spec.template.spec.serviceAccountName': 'web' });
export const claimUser = (claim = 'web') =>
  withName(objects.deployment, 'web', {
    'spec.template.spec.volumes': [{ name: 'data', persistentVolumeClaim: { claimName: claim } }],
    'spec.template.spec.containers[0].volumeMounts': [{ name: 'data', mountPath: '/data' }],
  });
export const fastClaim = withName(objects.claim, 'web', { 'spec.storageClassName': 'fast' });
const classes = ['fast', 'slow'].map((name) =>
  withName(objects.storageClass, name, { parameters: { type: name === 'fast' ? 'gp3' : 'gp2' } }),
);

/** What an object of a kind needs around it to say something. */
const surroundingObjects: Readonly<Partial<Record<Kind, readonly JsonObject[]>>> = {
  ConfigMap: [configMapReader],
  HorizontalPodAutoscaler: [...deployments, services[0] as JsonObject, objects.ingress],
  Ingress: [...deployments, ...services],
  IngressClass: [...deployments, ...services, objects.ingress],
  NetworkPolicy: deployments,
  PersistentVolumeClaim: [claimUser(), ...classes],
  PodDisruptionBudget: deployments,
  Service: deployments,
  ServiceAccount: [accountUser],
  StatefulSet: classes,
  StorageClass: [claimUser(), fastClaim],
};

const mountedClaims = (object: JsonObject): readonly JsonObject[] => {
  const text = JSON.stringify(object);
  return [
    ...['one', 'two']
      .filter((name) => text.includes(`"claimName":"${name}"`))
      .map((name) => withName(objects.claim, name)),
    ...['raw', 'sda']
      .filter((name) => text.includes(`"claimName":"${name}"`))
      .map((name) => withName(objects.claim, name, { 'spec.volumeMode': 'Block' })),
  ];
};

const configuration = { region: 'eu-west-1', hostedZone: 'example.com' };

/** The object with what its kind needs around it, or with `others` in place of that; `before` is what was compiled last. */
export function compileInContext(
  kind: Kind,
  object: JsonObject,
  others?: readonly JsonObject[],
  before?: readonly JsonObject[],
): CompileResult {
  const surroundings = others ?? [
    ...(surroundingObjects[kind] ?? []),
    ...(podPath[kind] === undefined ? [] : [...configMaps, ...accounts, ...mountedClaims(object)]),
  ];
  const last = before && compileList(before);
  return compileList([object, ...surroundings], last?.ok ? last.lock : undefined);
}

function compileList(items: readonly JsonObject[], lock?: Lock): CompileResult {
  const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
  return compile([{ name: 'a.json', text }], {
    app: 'a',
    env: 'default',
    config: configuration,
    ...(lock && { lock }),
  });
}

/** What is made: the templates with what goes beside them, and the lock. */
export function outputText(result: CompileResult): string {
  return result.ok ? JSON.stringify([result.stacks, result.lock]) : 'refused';
}
