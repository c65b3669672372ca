// What holds of all rules together.
import { readdirSync, readFileSync } from 'node:fs';
import { rules } from '../../src/2-check/rules/index.ts';
import { annotations } from '../../src/annotations/index.ts';
import { catalog } from '../../src/catalog.ts';
import { fieldSupport } from '../../src/kinds/fieldSupport.ts';
import { diagnosticLines } from '../helpers/manifests.ts';

const folder = new URL('../../src/2-check/rules/', import.meta.url);
const files = readdirSync(folder).filter((file) => file !== 'index.ts');

it('each rule is in the list', () => {
  const list = readFileSync(new URL('index.ts', folder), 'utf8');
  expect(files.filter((file) => !list.includes(`'./${file}'`))).toEqual([]);
  expect(rules.length).toBeGreaterThanOrEqual(files.length);
});

it('each rule has a test of its name', () => {
  const tests = readdirSync(new URL('rules/', import.meta.url));
  expect(tests.map((file) => file.replace('.test.ts', '.ts')).sort()).toEqual([...files].sort());
});

/** The codes that the later phases name in their sources. */
function laterCodes(): readonly string[] {
  return ['3-plan/', '4-emit/'].flatMap((phase) => {
    const root = new URL(`../../src/${phase}`, import.meta.url);
    return readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) =>
        [...readFileSync(new URL(file, root), 'utf8').matchAll(/'(I2K\d+)'/g)].map(([, code]) => code ?? ''),
      );
  });
}

it('each code is reported by a rule, a field, an annotation or a later phase', () => {
  const reported = new Set<string>([
    ...rules.flatMap(({ codes }) => codes),
    ...Object.values(fieldSupport).flatMap((table) =>
      Object.values(table).flatMap((entry) =>
        'refused' in entry ? [entry.refused] : 'warned' in entry ? [entry.warned] : [],
      ),
    ),
    ...Object.values(annotations).flatMap(({ unsupported }) => (unsupported ? [unsupported.code] : [])),
    ...laterCodes(),
  ]);
  expect(Object.keys(catalog).filter((code) => /^I2K[345]/.test(code) && !reported.has(code))).toEqual([]);
});

it('no two files say the same code', () => {
  const all = readdirSync(new URL('../../src/codes/', import.meta.url)).flatMap((file) =>
    [...readFileSync(new URL(`../../src/codes/${file}`, import.meta.url), 'utf8').matchAll(/^ {2}(I2K\d+):/gm)].map(
      ([, code]) => code,
    ),
  );
  expect(all.length).toBe(Object.keys(catalog).length);
});

it('nothing is said of an application without a fault', () => {
  expect(
    diagnosticLines(`
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: http }] }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: web }
data: { color: red }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
          image: nginx:1.29
          ports: [{ name: http, containerPort: 8080 }]
          envFrom: [{ configMapRef: { name: web } }]
          resources: { requests: { cpu: 100m, memory: 64Mi } }
          readinessProbe: { httpGet: { port: http } }
`),
  ).toEqual([]);
});
