// Manifests that Kubernetes runs, planned as Kubernetes means them.
import { compile } from '../../src/compile.ts';
import type { Plan } from '../../src/plan.ts';

function planOf(text: string): Plan {
  const result = compile([{ name: 'input.yaml', text }], { app: 'a', env: 'e', config: { region: 'eu-west-1' } });
  if (!result.ok) throw new Error(result.diagnostics.map(({ code, message }) => `${code} ${message}`).join('\n'));
  return result.plan;
}

const deployment = (pod: string, spec = '') => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  ${spec}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: 'example/web:1', ports: [{containerPort: 8080}]}]
      ${pod}
`;
const service = (spec: string) => `---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ${spec}}
`;

test.each([
  ['LoadBalancer', [80]],
  ['NodePort', [80, 30080]],
])('a node port of a Service of type %s', (type, listenerPorts) => {
  const ports = 'ports: [{port: 80, targetPort: 8080, nodePort: 30080}]';
  const plan = planOf(deployment('') + service(`type: ${type}, ${ports}`));
  expect(plan.endpoints.map((endpoint) => endpoint.ports.map((port) => port.listenerPorts))).toEqual([[listenerPorts]]);
});

test('a port of a headless Service that no container has is left out', () => {
  const { headlessServices } = planOf(
    deployment('') + service('clusterIP: None, ports: [{name: a, port: 1, targetPort: none}, {name: b, port: 8080}]'),
  );
  expect(headlessServices.map(({ ports }) => ports.map(({ name }) => name))).toEqual([['b']]);
});

test('all expressions of a node affinity hold', () => {
  const values = (list: string) => `{key: kubernetes.io/arch, operator: In, values: ${list}}`;
  const affinity = `affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [${values('[amd64, arm64]')}, ${values('[arm64]')}]}]}}}`;
  expect(planOf(deployment(affinity)).groups[0]?.machine.architecture).toBe('arm64');
});

test('a budget that no rollout can keep does not stop it', () => {
  const budget = `---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {maxUnavailable: 0, selector: {matchLabels: {app: web}}}
`;
  const rollout = (strategy: string) =>
    planOf(deployment('', `replicas: 4\n  strategy: ${strategy}`) + budget).groups[0]?.rollout;
  expect(rollout('{type: Recreate}')).toMatchObject({ maxSurge: 0, maxUnavailable: 4 });
  expect(rollout('{rollingUpdate: {maxSurge: 1, maxUnavailable: 2}}')).toMatchObject({
    maxSurge: 1,
    maxUnavailable: 0,
  });
});

test.each([
  [0, 0],
  [1, 3],
])('a Job with parallelism %d has %d machines', (parallelism, count) => {
  const { groups } = planOf(`apiVersion: batch/v1
kind: Job
metadata: {name: once}
spec:
  parallelism: ${parallelism}
  completions: 3
  template:
    spec: {restartPolicy: Never, containers: [{name: once, image: 'example/once:1'}]}
`);
  expect(groups[0]?.replicas.count).toBe(count);
});

test('the number of a port of an Ingress is that of the TCP port', () => {
  const ingress = `---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}
`;
  const ports = 'ports: [{name: u, port: 80, protocol: UDP, targetPort: 8080}, {name: t, port: 80, targetPort: 8080}]';
  expect(planOf(deployment('') + service(ports) + ingress).routers).toHaveLength(1);
});
