// Generates random apps: Deployments with Services, in the forms that people write.
import fc from 'fast-check';
import { Document, Scalar, visit } from 'yaml';

export interface Workload {
  readonly name: string;
  readonly namespace: string;
  readonly replicas: number;
  readonly port: number;
  readonly env: Readonly<Record<string, string>>;
  readonly exposed: boolean;
}

/** Names that are easily confused. */
const name = fc
  .array(fc.constantFrom('a', 'b', 'in', 'of', 'from', 'x1', 'web', 'members', '1', 'group'), {
    minLength: 1,
    maxLength: 3,
  })
  .map((parts) => `w${parts.join('-')}`);

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }).filter((value) => !value.includes('\0')),
  fc.constantFrom(
    '{{resolve:ssm:/x}}',
    '${AWS::AccountId}',
    '"',
    "it's",
    'a\nb',
    '\t',
    '$(HOME)',
    '{"Ref":"Vpc"}',
    'é漢字🚀',
    '\\',
    '<>&',
    'yes',
    '8080',
  ),
);

const variable = fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,10}$/);

export const environment: fc.Arbitrary<Readonly<Record<string, string>>> = fc.dictionary(variable, text, {
  maxKeys: 5,
  noNullPrototype: true,
});

export const workload: fc.Arbitrary<Workload> = fc.record({
  name,
  namespace: fc.constantFrom('default', 'default', 'staging', 'a-b', 'in'),
  replicas: fc.integer({ min: 0, max: 5 }),
  port: fc.constantFrom(80, 80, 8080, 5432),
  env: environment,
  exposed: fc.boolean(),
});

export const app: fc.Arbitrary<readonly Workload[]> = fc.uniqueArray(workload, {
  minLength: 1,
  maxLength: 6,
  selector: ({ namespace, name }) => `${namespace}/${name}`,
});

export function objectsOf({ name, namespace, replicas, port, env, exposed }: Workload): readonly object[] {
  const labels = { app: name };
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, namespace, labels },
      spec: {
        replicas,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels: { ...labels, tier: 'x' } },
          spec: {
            containers: [
              {
                name: 'main',
                image: 'registry.example.com/main:1',
                env: Object.entries(env).map(([key, value]) => ({ name: key, value })),
                ports: [{ containerPort: port }],
                resources: { requests: { cpu: '100m', memory: '128Mi' } },
              },
            ],
          },
        },
      },
    },
    ...(exposed
      ? [
          {
            apiVersion: 'v1',
            kind: 'Service',
            metadata: { name, namespace },
            spec: { selector: labels, ports: [{ port: 80, targetPort: port }] },
          },
        ]
      : []),
  ];
}

/** Ends of lines in YAML 1.1 that JavaScript's library writes as they are; Kubernetes needs them escaped, in double quotes. */
const lineEnds = new Map([
  ['\u0085', '\\N'],
  ['\u2028', '\\L'],
  ['\u2029', '\\P'],
]);

/** YAML of an object as Kubernetes reads it. */
export function yamlOf(object: unknown): string {
  const document = new Document(object, { version: '1.1' });
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value === 'string' && [...lineEnds.keys()].some((end) => String(node.value).includes(end)))
        node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return document.toString().replace(/[\u0085\u2028\u2029]/g, (end) => lineEnds.get(end) ?? end);
}
