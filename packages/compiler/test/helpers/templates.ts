// Templates as CloudFormation reads them, for tests of emitters.
import { compile } from '../../src/compile.ts';
import type { CompileOptions } from '../../src/options.ts';

// biome-ignore lint/suspicious/noExplicitAny: a template is read as CloudFormation would read it.
export type Loose = any;

/** The whole template of an app `shop` in the environment `default`, as plain JSON. Throws if the input has errors. */
export function templateOf(yaml: string, options: Partial<CompileOptions> = {}): Loose {
  const result = compile([{ name: 'input.yaml', text: yaml }], {
    app: 'shop',
    env: 'default',
    config: { region: 'eu-west-1' },
    ...options,
  });
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return JSON.parse(JSON.stringify(result.stacks[0]?.template));
}

/** The resources by logical id. */
export const resourcesOf = (yaml: string, options: Partial<CompileOptions> = {}): Record<string, Loose> =>
  templateOf(yaml, options).Resources;

/** All resources of a type, e.g. `EC2::SecurityGroup`. */
export const ofType = (resources: Record<string, Loose>, type: string): readonly Loose[] =>
  Object.values(resources).filter(({ Type }) => Type === `AWS::${type}`);

/** `deregistration_delay.timeout_seconds` and the like, by key. */
export const attributesOf = (attributes: readonly { Key: string; Value: string }[]): Record<string, string> =>
  Object.fromEntries(attributes.map(({ Key, Value }) => [Key, Value]));

/** A Deployment `web` in YAML, with lines added to its spec, its pod spec and its container. */
export const deploymentYaml = ({ spec = '', pod = '', container = '' } = {}): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
${spec.replace(/^/gm, '  ')}
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
${pod.replace(/^/gm, '      ')}
      containers:
        - name: web
          image: nginx:1.27
${container.replace(/^/gm, '          ')}
---
`;
