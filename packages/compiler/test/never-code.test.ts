// What a manifest says never becomes template code: a dynamic reference written into any field of any object is either refused
// or arrives in the machine, and never stands in the template.
import { compile } from '../src/compile.ts';
import { objects } from './oracle/validation/objects.mjs';

const planted = '{{resolve:ssm:/stolen}}';

type Tree = { [key: string]: unknown };

/** Every copy of an object that has the planted text in place of one of its strings. */
function* plantings(root: Tree): Generator<readonly [path: string, copy: Tree]> {
  const paths: (readonly string[])[] = [];
  const collect = (value: unknown, path: readonly string[]) => {
    if (typeof value === 'string') paths.push(path);
    else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) collect(inner, [...path, key]);
  };
  collect(root, []);
  for (const path of paths.filter(([first]) => first !== 'kind' && first !== 'apiVersion')) {
    const copy = structuredClone(root);
    let at = copy;
    for (const step of path.slice(0, -1)) at = at[step] as Tree;
    at[path.at(-1) as string] = planted;
    yield [path.join('.'), copy];
  }
}

const claim = (name: string, volumeMode = 'Filesystem') => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name },
  spec: { volumeMode, accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
});
const surroundings = [
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web' }, data: { k: 'x' } },
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'web' } },
  claim('data'),
  claim('raw', 'Block'),
];
const annotated = (kind: string, annotations: object, spec: object) => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'web', annotations },
  ...spec,
});
const balancer = 'service.beta.kubernetes.io/aws-load-balancer';

/** Annotations carry text into templates, too. */
const withAnnotations: readonly Tree[] = [
  annotated('ServiceAccount', { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/a' }, {}),
  annotated(
    'Service',
    {
      'i2kit.dev/load-balancer': 'front',
      [`${balancer}-scheme`]: 'internal',
      [`${balancer}-ssl-cert`]: 'arn:aws:acm:eu-west-1:123456789012:certificate/a',
      [`${balancer}-ssl-ports`]: 'http',
    },
    {
      spec: {
        type: 'LoadBalancer',
        selector: { app: 'web' },
        ports: [{ name: 'http', port: 80 }],
        loadBalancerSourceRanges: ['10.0.0.0/8'],
      },
    },
  ),
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'out' },
    spec: { type: 'ExternalName', externalName: 'example.com' },
  },
];

test('a planted dynamic reference is never in a template', () => {
  const found: string[] = [];
  let compiled = 0;
  const variants = Object.values(objects as unknown as Record<string, Record<string, Tree>>);
  const roots = [...variants.flatMap((variant) => Object.values(variant)), ...withAnnotations];
  for (const root of roots) {
    for (const [path, copy] of plantings(root)) {
      const mounts = JSON.stringify(copy).includes('claimName');
      const around = surroundings.filter(
        ({ kind }) => kind !== root['kind'] && (kind !== 'PersistentVolumeClaim' || mounts),
      );
      const pod = {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'served' },
        spec: {
          selector: { matchLabels: { app: 'web' } },
          template: {
            metadata: { labels: { app: 'web' } },
            spec: {
              serviceAccountName: 'web',
              containers: [{ name: 'a', image: 'a:1', ports: [{ name: 'http', containerPort: 80 }] }],
            },
          },
        },
      };
      const items = [copy, ...around, ...(root['kind'] === 'Deployment' ? [] : [pod])];
      const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
      const result = compile([{ name: 'a.json', text }], {
        app: 'a',
        env: 'default',
        config: { region: 'eu-west-1', hostedZone: 'example.com' },
      });
      if (!result.ok) continue;
      compiled += 1;
      if (JSON.stringify(result.stacks).includes('{{')) found.push(`${String(root['kind'])} ${path}`);
    }
  }
  expect(found).toEqual([]);
  expect(compiled).toBeGreaterThan(20);
});
