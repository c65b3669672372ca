// Small objects that nothing is said of, to be changed in one place by a test.
import type { JsonObject } from '../../src/kinds/shared/defaults/jsonObject.ts';

type Step = string | number;

/** `spec.ports[0].port` as steps; a `*` or `[]` of a field path is the key `key` or the first item. */
export function stepsOf(path: string): readonly Step[] {
  return path.split('.').flatMap((part): readonly Step[] => {
    const [, name = '', items = ''] = /^([^[]*)((?:\[\d*\])*)$/.exec(part) ?? [];
    const positions = [...items.matchAll(/\[(\d*)\]/g)].map(([, index]) => Number(index || 0));
    return [name === '*' ? 'key' : name, ...positions];
  });
}

/** A copy with one value changed, what leads to it made where it is not there; undefined removes it. */
export function withValueAt(object: JsonObject, steps: readonly Step[], value: unknown): JsonObject {
  const set = (at: unknown, [step, ...rest]: readonly Step[]): unknown => {
    if (step === undefined) return value;
    if (typeof step === 'number') {
      const list = Array.isArray(at) ? [...at] : [];
      list[step] = set(list[step], rest);
      return list;
    }
    const { [step]: before, ...others } = (at ?? {}) as JsonObject;
    const after = set(before, rest);
    return after === undefined ? others : { ...others, [step]: after };
  };
  return set(object, steps) as JsonObject;
}

/** Changes by path: `having(deployment, { 'spec.replicas': 3 })`. */
export function withFields(object: JsonObject, changes: Readonly<Record<string, unknown>>): JsonObject {
  return Object.entries(changes).reduce((result, [path, value]) => withValueAt(result, stepsOf(path), value), object);
}

export const deployment: JsonObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'default' },
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: {
        containers: [
          {
            name: 'web',
            image: 'nginx:1.29',
            ports: [{ name: 'http', containerPort: 80 }],
            resources: { requests: { cpu: '100m', memory: '64Mi' } },
          },
        ],
      },
    },
  },
};

const template = (restartPolicy?: string): JsonObject => {
  const { spec, ...rest } = (deployment['spec'] as { template: JsonObject }).template;
  return { ...rest, spec: { ...(spec as JsonObject), ...(restartPolicy && { restartPolicy }) } };
};

export const pod: JsonObject = {
  apiVersion: 'v1',
  kind: 'Pod',
  ...template(),
  metadata: { name: 'web', namespace: 'default', labels: { app: 'web' } },
};
export const replicaSet: JsonObject = { ...deployment, kind: 'ReplicaSet' };
export const replicationController: JsonObject = {
  apiVersion: 'v1',
  kind: 'ReplicationController',
  metadata: { name: 'web', namespace: 'default' },
  spec: { selector: { app: 'web' }, template: template() },
};
export const job: JsonObject = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'web', namespace: 'default' },
  spec: { template: template('Never') },
};
export const cronJob: JsonObject = {
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name: 'web', namespace: 'default' },
  spec: { schedule: '*/5 * * * *', concurrencyPolicy: 'Forbid', jobTemplate: { spec: job['spec'] as JsonObject } },
};

export const service: JsonObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', namespace: 'default' },
  spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'http' }] },
};

export const ingress: JsonObject = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'web', namespace: 'default' },
  spec: {
    rules: [
      {
        host: 'web.example.com',
        http: {
          paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }],
        },
      },
    ],
  },
};
export const ingressClass: JsonObject = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'IngressClass',
  metadata: { name: 'alb' },
  spec: { controller: 'ingress.k8s.aws/alb' },
};

export const autoscaler: JsonObject = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'web', namespace: 'default' },
  spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, maxReplicas: 4 },
};
export const budget: JsonObject = {
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: 'web', namespace: 'default' },
  spec: { maxUnavailable: 1, selector: { matchLabels: { app: 'web' } } },
};

export const networkPolicy: JsonObject = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'web', namespace: 'default' },
  spec: {
    podSelector: { matchLabels: { app: 'web' } },
    ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 80 }] }],
  },
};

const plain = (kind: string, more: JsonObject = {}): JsonObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'web', namespace: 'default' },
  ...more,
});

export const configMap = plain('ConfigMap', { data: { 'app.conf': 'a=1' } });
export const secret = plain('Secret', {});
export const serviceAccount = plain('ServiceAccount');
export const namespace: JsonObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'web' } };
export const claim = plain('PersistentVolumeClaim', {
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
});

export const storageClass: JsonObject = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'fast' },
  provisioner: 'ebs.csi.aws.com',
};

/** One pod, `web-0`, with a disk. */
export const statefulSet: JsonObject = {
  ...deployment,
  kind: 'StatefulSet',
  spec: {
    ...(deployment['spec'] as JsonObject),
    serviceName: 'web',
    volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: claim['spec'] as JsonObject }],
  },
};

/** A Deployment's pod, container and template metadata, changed by path. */
export const inPod = (changes: Readonly<Record<string, unknown>>): JsonObject =>
  withFields(deployment, prefixed('spec.template.spec.', changes));
export const inContainer = (changes: Readonly<Record<string, unknown>>): JsonObject =>
  withFields(deployment, prefixed('spec.template.spec.containers[0].', changes));

const prefixed = (prefix: string, changes: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(changes).map(([path, value]) => [`${prefix}${path}`, value]));
