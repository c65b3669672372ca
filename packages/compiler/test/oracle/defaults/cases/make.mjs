// The plainest object of each kind, around which a case sets what it is about.

export const pod = (spec) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'a' },
  spec: { containers: [{ name: 'c', image: 'nginx' }], ...spec },
});
export const container = (fields) => pod({ containers: [{ name: 'c', image: 'nginx:1', ...fields }] });
export const volume = (source) => pod({ volumes: [{ name: 'v', ...source }] });
export const template = { metadata: { labels: { app: 'a' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } };
export const workload = (kind, spec, rest) => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name: 'a' },
  spec: { selector: { matchLabels: { app: 'a' } }, template, ...spec },
  ...rest,
});
export const job = (spec, metadata = { name: 'a' }) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata,
  spec: { template, ...spec },
});
export const cronJob = (spec) => ({
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name: 'a' },
  spec: { schedule: '* * * * *', jobTemplate: { spec: { template } }, ...spec },
});
export const service = (spec) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' }, spec });
export const core = (kind, fields) => ({ apiVersion: 'v1', kind, metadata: { name: 'a' }, ...fields });
export const net = (kind, spec) => ({ apiVersion: 'networking.k8s.io/v1', kind, metadata: { name: 'a' }, spec });
export const scaler = (spec) => ({
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'a' },
  spec: { scaleTargetRef: { kind: 'Deployment', name: 'a' }, maxReplicas: 3, ...spec },
});

export const requests = (requests, limits, fields) => ({
  name: 'c',
  image: 'a:1',
  resources: { ...(requests && { requests }), ...(limits && { limits }) },
  ...fields,
});
