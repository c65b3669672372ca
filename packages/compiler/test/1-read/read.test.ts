// From sources to manifests: lists, namespaces, selectors, kinds, what is refused, and an order that nothing changes.
import fc from 'fast-check';
import { type ReadOptions, read } from '../../src/1-read/index.ts';
import { collector } from '../../src/collector.ts';
import { objectName, pathText } from '../../src/diagnostic.ts';
import type { Source } from '../../src/manifest.ts';

function readAll(sources: readonly Source[], options: ReadOptions = {}) {
  const { report, diagnostics } = collector();
  const manifests = read(sources, options, report);
  return {
    manifests,
    said: diagnostics().map(({ code, object, path }) => `${code} ${objectName(object)} ${pathText(path)}`.trim()),
  };
}

const readText = (text: string, options?: ReadOptions) => readAll([{ name: 'a.yaml', text }], options);
const names = (text: string, options?: ReadOptions) =>
  readText(text, options).manifests.objects.map(({ ref }) => objectName(ref));

const config = (name: string, rest = '') => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n${rest}`;

describe('documents that mean the same', () => {
  const plain = config('a', 'data:\n  text: |\n    one\n    two\n');
  const object = readText(plain).manifests.objects[0]?.object;

  test.each([
    ['a byte order mark', `\ufeff${plain}`],
    ['CRLF', plain.replaceAll('\n', '\r\n')],
    ['CR', plain.replaceAll('\n', '\r')],
    ['empty documents', `---\n# x\n---\n${plain}...\n---\n~\n---\n`],
    ['JSON', JSON.stringify(object)],
    ['JSON with tabs', JSON.stringify(object, null, '\t')],
    ['a List', `apiVersion: v1\nkind: List\nitems:\n- ${plain.replaceAll('\n', '\n  ').trimEnd()}\n`],
    [
      'a typed list',
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'ConfigMapList',
        items: [{ ...object, kind: undefined, apiVersion: undefined }],
      }),
    ],
    ['another order of keys', 'data: {"text": "one\\ntwo\\n"}\nmetadata: {name: a}\nkind: ConfigMap\napiVersion: v1\n'],
  ])('%s', (_, text) => {
    const { manifests, said } = readText(text);
    expect(said).toEqual([]);
    expect(manifests.objects.map((manifest) => manifest.object)).toEqual([object]);
  });
});

test('what is written and what is defaulted stay apart', () => {
  const text = 'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80}]}\n';
  const service = readText(text, { namespace: 'shop' }).manifests.get('Service', 'shop', 'web');
  expect(service?.written).toEqual({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web' },
    spec: { ports: [{ port: 80 }] },
  });
  expect(service?.object.metadata.namespace).toBe('shop');
  expect(service?.object.spec.type).toBe('ClusterIP');
  expect(service?.object.spec.ports?.[0]).toEqual({ port: 80, protocol: 'TCP', targetPort: 80 });
});

test('namespaces', () => {
  const text = `${config('a')}---\n${config('b', '  namespace: other\n')}---\napiVersion: v1\nkind: Namespace\nmetadata: {name: other}\n`;
  expect(names(text)).toEqual(['ConfigMap/default/a', 'ConfigMap/other/b', 'Namespace/other']);
  expect(names(text, { namespace: 'shop' })).toEqual(['ConfigMap/other/b', 'ConfigMap/shop/a', 'Namespace/other']);
});

test('where an object of a List is', () => {
  const text = `apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}, 1, {kind: List}, null]\n`;
  const { manifests, said } = readText(`${config('x')}---\n${text}`);
  expect(manifests.objects[0]?.ref).toMatchObject({ document: 1, item: 0, name: 'a' });
  expect(said).toEqual([
    'I2K130 object/default/(unnamed)',
    'I2K130 List/default/(unnamed) kind',
    'I2K130 object/default/(unnamed)',
  ]);
  expect(readText('apiVersion: v1\nkind: List\nitems: 1\n').said).toEqual(['I2K130 List/(unnamed) items']);
  expect(readText('apiVersion: v1\nkind: List\nitems:\n').said).toEqual([]);
});

test('a selector keeps what it matches, whatever else is wrong', () => {
  const text = `${config('a', '  labels: {app: web}\n')}---\n${config('b')}---\nkind: Nonsense\n`;
  expect(readText(text, { selector: 'app=web' }).said).toEqual([]);
  expect(names(text, { selector: 'app=web' })).toEqual(['ConfigMap/default/a']);
  expect(readText(config('a'), { selector: 'a b' }).said).toEqual(['I2K706 object/(unnamed)']);
});

describe('kinds', () => {
  test.each([
    ['v1', 'deployment', 'I2K132'],
    ['apps/v1', 'Deploymnet', 'I2K132'],
    ['extensions/v1beta1', 'Deployment', 'I2K133'],
    ['v1', 'Deployment', 'I2K133'],
    ['apps/v2', 'Deployment', 'I2K133'],
    ['serving.knative.dev/v1', 'Service', 'I2K132'],
    ['example.com/v1', 'Widget', 'I2K132'],
    ['apps/v1', 'DaemonSet', 'I2K134'],
    ['extensions/v1beta1', 'Ingress', 'I2K133'],
    ['traefik.io/v1', 'Ingress', 'I2K132'],
    ['rbac.authorization.k8s.io/v1', 'Role', 'I2K135'],
    ['v1', 'constructor', 'I2K132'],
  ])('%s %s is %s', (apiVersion, kind, code) => {
    const text = `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a}\n`;
    expect(readText(text).said).toEqual([expect.stringMatching(new RegExp(`^${code} `))]);
    expect(readText(text, { ignoreKinds: [kind] }).said).toEqual([expect.stringMatching(/^I2K136 /)]);
  });

  test('an ignored kind of a group leaves others of its name alone', () => {
    const text = `apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: {name: a}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: b}\nspec: {ports: [{port: 80}]}\n`;
    expect(names(text, { ignoreKinds: ['Service.serving.knative.dev'] })).toEqual(['Service/default/b']);
  });
});

test('what is refused is remembered, so that nobody misses it', () => {
  const { manifests } = readText(
    `${config('a', 'dada: {}\n')}---\napiVersion: v1\nkind: configmap\nmetadata: {name: b}\n---\n${config('c')}`,
  );
  expect(['a', 'b', 'c', 'd'].map((name) => manifests.wasRefused('ConfigMap', 'default', name))).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(readText(`${config('a')}---\na: [\n`).manifests.wasRefused('Secret', 'any', 'thing')).toBe(true);
});

test('keys that other objects inherit are plain data', () => {
  const { manifests, said } = readText(config('a', 'data:\n  __proto__: x\n  constructor: z\n'));
  expect(said).toEqual([]);
  expect(Object.entries(manifests.objects[0]?.object ?? {})).toContainEqual([
    'data',
    JSON.parse('{"__proto__":"x","constructor":"z"}'),
  ]);
  expect(({} as { x?: unknown }).x).toBeUndefined();
});

test('of many problems, the first hundred are told', () => {
  const { said } = readText(
    config('a', `data:\n${Array.from({ length: 250 }, (_, index) => `  k${index}: 1\n`).join('')}`),
  );
  expect(said).toHaveLength(101);
  expect(said[0]).toMatch(/^I2K208/);
});

test('the order of sources, documents and keys changes nothing', () => {
  const objects = [
    config('a', 'data: {x: "1", y: "2"}\n'),
    config('a', 'data: {y: "3"}\n'),
    config('a', '  namespace: other\n'),
    config('b'),
    config('B'),
    'apiVersion: v1\nkind: Namespace\nmetadata: {name: other}\n',
    'kind: Secret\nmetadata: {name: a}\napiVersion: v1\n',
  ];
  const written = (texts: readonly string[], cut: number) =>
    readAll([
      { name: 'a.yaml', text: texts.slice(0, cut).join('---\n') },
      { name: 'b.yaml', text: texts.slice(cut).join('---\n') },
    ]).manifests.objects.map((manifest) => manifest.object);
  const expected = written(objects, 0);
  expect(expected).toHaveLength(objects.length);
  fc.assert(
    fc.property(fc.shuffledSubarray(objects, { minLength: objects.length }), fc.nat(objects.length), (texts, cut) => {
      expect(written(texts, cut)).toEqual(expected);
    }),
  );
});
