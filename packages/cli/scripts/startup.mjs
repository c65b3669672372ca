// Measures whole processes, in turns so that a busy machine slows all alike: `synth` of six documents against `node -e 0`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const bin = process.argv[2] ?? fileURLToPath(new URL('../bin/i2kit.js', import.meta.url));
const rounds = Number(process.argv[3] ?? 40);
const scratch = mkdtempSync(join(tmpdir(), 'i2kit-startup-'));

const documents = ['web', 'api', 'db'].map(
  (name) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  replicas: 2
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      containers:
        - name: ${name}
          image: example/${name}:1.0
          env: [{name: LOG, value: info}]
          ports: [{containerPort: 8080}]
          readinessProbe: {httpGet: {path: /healthz, port: 8080}}
---
apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: {selector: {app: ${name}}, ports: [{port: 80, targetPort: 8080}]}
`,
);
for (const [i, text] of documents.entries()) writeFileSync(join(scratch, `${i}.yaml`), text);

const commands = {
  'node -e 0': ['-e', '0'],
  'i2kit version': [bin, 'version'],
  'i2kit synth, 6 documents': [bin, 'synth', '-f', '.', '--app', 'shop', '--region', 'eu-west-1', '-q'],
};
const times = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
for (let round = 0; round < rounds; round++) {
  for (const [name, args] of Object.entries(commands)) {
    const start = process.hrtime.bigint();
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: scratch, encoding: 'utf8' });
    times[name].push(Number(process.hrtime.bigint() - start) / 1e6);
    if (status !== 0) throw new Error(`${name}: exit ${status}\n${stderr}`);
  }
}
rmSync(scratch, { recursive: true });

const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
const base = times['node -e 0'];
for (const [name, list] of Object.entries(times)) {
  // The median of the rounds' own ratios: what disturbed one round disturbed both of its processes.
  const ratio = median(list.map((ms, round) => ms / base[round]));
  console.log(
    `${name.padEnd(26)} ${median(list).toFixed(1).padStart(7)} ms   ${ratio.toFixed(2)} × node -e 0   fastest ${Math.min(...list).toFixed(1)} ms`,
  );
}
