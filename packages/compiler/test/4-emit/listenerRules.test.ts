// Paths of Ingresses as conditions of rules, in the order in which a load balancer tries them.
import { compile } from '../../src/compile.ts';
import { deployment, ingress, service, withFields } from '../helpers/objects.ts';

const backend = { service: { name: 'web', port: { number: 80 } } };

function rulesOf(paths: readonly object[], more: Record<string, unknown> = {}) {
  const object = withFields(ingress, {
    'spec.rules[0].http.paths': paths.map((path) => ({ backend, pathType: 'Prefix', ...path })),
    ...more,
  });
  const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [deployment, service, object] });
  const result = compile([{ name: 'a.json', text }], { app: 'a', env: 'e' });
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  // biome-ignore lint/suspicious/noExplicitAny: read as CloudFormation would.
  const all = Object.values(result.stacks[0]?.template.Resources ?? {}) as readonly any[];
  return all
    .filter(({ Type }) => Type === 'AWS::ElasticLoadBalancingV2::ListenerRule')
    .map(({ Properties }) => [
      Properties.Priority,
      ...Properties.Conditions.flatMap((one: object) => Object.values(one)[1].Values),
    ]);
}

it('an exact path comes first, then the longest prefix; a prefix is itself and all below it', () => {
  expect(rulesOf([{ path: '/' }, { path: '/api' }, { path: '/api/v2/' }, { path: '/api', pathType: 'Exact' }])).toEqual(
    [
      [1, 'web.example.com', '/api', '/api/v2', '/api/v2/*'],
      [2, 'web.example.com', '/api', '/api/*'],
      [3, 'web.example.com'],
    ],
  );
});

it('a rule holds five values, and what has more is several rules', () => {
  const paths = ['/a', '/b', '/c', '/d', '/e', '/f'].map((path) => ({ path, pathType: 'Exact' }));
  expect(rulesOf(paths).map((rule) => rule.length)).toEqual([6, 4]);
  expect(rulesOf(paths, { 'spec.rules[0].host': undefined }).map((rule) => rule.length)).toEqual([6, 2]);
});

it('over a hundred rules are refused', () => {
  const paths = Array.from({ length: 201 }, (_, index) => ({ path: `/${index}` }));
  expect(() => rulesOf(paths)).toThrow('I2K620');
});
