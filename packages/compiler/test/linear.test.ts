// Input whose size is doubled takes about twice as long, whatever shape it has: processor time, in this process.
import { doublingRatio } from '../../../test/support/doubling.ts';
import { compile } from '../src/compile.ts';
import { render } from '../src/render.ts';

const many = (n: number, of: (index: number) => string, separator = '---\n') =>
  Array.from({ length: n }, (_, index) => of(index)).join(separator);

const deployment = (name: string, container = '') => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}, all: "1"}}
    spec:
      containers: [{name: main, image: "nginx:1", ports: [{containerPort: 8080}]${container}}]
`;

const service = (name: string, port: number, via: string) => `apiVersion: v1
kind: Service
metadata: {name: ${name}, annotations: {i2kit.dev/via: ${via}}}
spec: {selector: {all: "1"}, ports: [{port: ${port}, targetPort: 8080}]}
`;

const policy = (name: string) => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: ${name}}
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
  ingress: [{from: [{podSelector: {}}]}]
  egress: [{to: [{podSelector: {}}]}]
`;

const ingress = (path: string) => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec: {rules: [{http: {paths: [{path: "${path}", pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}
`;

const pairs = (of: (name: string) => string) => (n: number) =>
  `${many(n, (index) => deployment(`d${index}`))}---\n${many(n, (index) => of(`s${index}`))}`;

/** Where n objects refer to n others, n² is the size of what is meant: the time may be four times as long. */
const shapes: Readonly<
  Record<string, { readonly n: number; readonly most: number; readonly of: (n: number) => string }>
> = {
  'policies that select all pods and let all pods in and out': { n: 60, most: 5, of: pairs(policy) },
  'Services that lead to all pods by DNS': { n: 60, most: 5, of: pairs((name) => service(name, 80, 'dns')) },
  'Services that lead to all pods by host': { n: 40, most: 5, of: pairs((name) => service(name, 80, 'alb-host')) },
  'the start of a reference, repeated': {
    n: 100_000,
    most: 3,
    of: (n) => deployment('web', `, env: [{name: A, value: "${'$('.repeat(n)}"}]`),
  },
  'slashes in a path of an Ingress': {
    n: 100_000,
    most: 3,
    of: (n) => `${deployment('web')}---\n${service('web', 80, 'nlb')}---\n${ingress(`${'/'.repeat(n)}a`)}`,
  },
  'digits of a quantity': {
    n: 100_000,
    most: 3,
    of: (n) => deployment('web', `, resources: {requests: {cpu: "${'0'.repeat(n)}x"}}`),
  },
  'carriage returns before documents that cannot be read': {
    n: 1_000,
    most: 3,
    of: (n) => many(n, () => `a: {b${'\r\n'.repeat(100)}`),
  },
};

function compileAndRender(text: string): void {
  const sources = [{ name: 'input.yaml', text }];
  const { diagnostics } = compile(sources, { app: 'shop', env: 'default', config: { region: 'eu-west-1' } });
  render(diagnostics, sources, { color: false });
}

test.each(Object.entries(shapes))('%s', async (_, { n, most, of }) => {
  compileAndRender(of(Math.ceil(n / 4)));
  expect(await doublingRatio(compileAndRender, of, n, most)).toBeLessThan(most);
});
