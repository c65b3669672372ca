// Input of the benchmark: N Deployments, each with a Service, in the formats that i2kit and the other tools read.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The number of workloads that fit easily into one stack: a workload with a Service takes some nine of its 500
 * resources.
 */
export const perApp = 40;

const name = (index) => `service-n${String(index).padStart(4, '0')}`;
const port = (index) => 8000 + (index % perApp);

export function documents(index) {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name(index)}
  labels:
    app: ${name(index)}
spec:
  replicas: 2
  selector:
    matchLabels:
      app: ${name(index)}
  template:
    metadata:
      labels:
        app: ${name(index)}
        tier: bench
    spec:
      containers:
        - name: server
          image: registry.example.com/${name(index)}:1.0.${index}
          args: ["--port", "${port(index)}"]
          env:
            - name: LOG_LEVEL
              value: info
            - name: GREETING
              value: "hello from ${name(index)}"
          ports:
            - name: http
              containerPort: ${port(index)}
          resources:
            requests:
              cpu: 100m
              memory: 128Mi
          readinessProbe:
            httpGet:
              path: /healthz
              port: http
---
apiVersion: v1
kind: Service
metadata:
  name: ${name(index)}
spec:
  selector:
    app: ${name(index)}
  ports:
    - name: http
      port: ${port(index)}
      targetPort: http
`;
}

const range = (count) => Array.from({ length: count }, (_, index) => index);
const all = (count) => range(count).map(documents).join('---\n');

/**
 * Folders with `count` services: plain manifests, apps of at most `perApp`, a kustomization, a chart, a cdk8s
 * program.
 */
export function inputs(cache, count) {
  const folder = join(cache, 'inputs', String(count));
  const write = (path, text) => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write('plain/all.yaml', all(count));
  for (let from = 0; from < count; from += perApp) {
    const indices = range(Math.min(perApp, count - from)).map((index) => from + index);
    write(`apps/app-${from / perApp}.yaml`, indices.map(documents).join('---\n'));
  }
  write('kustomize/all.yaml', all(count));
  write('kustomize/kustomization.yaml', 'resources:\n  - all.yaml\n');
  write('chart/Chart.yaml', 'apiVersion: v2\nname: bench\nversion: 0.1.0\n');
  write(
    'chart/values.yaml',
    `services: ${JSON.stringify(range(count).map((index) => ({ name: name(index), port: port(index), version: index })))}\n`,
  );
  write('chart/templates/all.yaml', chart());
  write('cdk8s/app.cjs', program(count));
  return {
    folder,
    plain: join(folder, 'plain'),
    apps: join(folder, 'apps'),
    kustomize: join(folder, 'kustomize'),
    chart: join(folder, 'chart'),
    cdk8s: join(folder, 'cdk8s'),
  };
}

/** The same documents, as a template. */
function chart() {
  const one = documents(0)
    .replaceAll(name(0), '{{ .name }}')
    .replace(`1.0.0`, '1.0.{{ .version }}')
    .replaceAll(String(port(0)), '{{ .port }}');
  return `{{- range .Values.services }}\n---\n${one}{{- end }}\n`;
}

/** The same documents, as a program. */
function program(count) {
  return `const { App, Chart, ApiObject } = require('cdk8s');
const app = new App({ outdir: process.argv[2] });
const chart = new Chart(app, 'bench');
for (let index = 0; index < ${count}; index++) {
  const name = 'service-n' + String(index).padStart(4, '0');
  const port = 8000 + (index % ${perApp});
  new ApiObject(chart, name + '-deployment', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels: { app: name } },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name, tier: 'bench' } },
        spec: {
          containers: [
            {
              name: 'server',
              image: 'registry.example.com/' + name + ':1.0.' + index,
              args: ['--port', String(port)],
              env: [{ name: 'LOG_LEVEL', value: 'info' }, { name: 'GREETING', value: 'hello from ' + name }],
              ports: [{ name: 'http', containerPort: port }],
              resources: { requests: { cpu: '100m', memory: '128Mi' } },
              readinessProbe: { httpGet: { path: '/healthz', port: 'http' } },
            },
          ],
        },
      },
    },
  });
  new ApiObject(chart, name, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: { selector: { app: name }, ports: [{ name: 'http', port, targetPort: 'http' }] },
  });
}
app.synth();
`;
}
