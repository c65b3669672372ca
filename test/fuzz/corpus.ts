// What fuzzing starts from: the repository's examples, bad inputs, full objects of each kind, and templates.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '@i2kit/common';
import type { Template } from '@i2kit/review';
import { parse, parseAllDocuments } from 'yaml';
import { objects } from '../../packages/compiler/test/oracle/validation/objects.mjs';
import { isTree, type Tree } from './changes.ts';

const root = new URL('../..', import.meta.url).pathname;

const filesBelow = (folder: string, pattern: RegExp): readonly string[] =>
  readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && pattern.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

const textOf = (path: string): string => readFileSync(path, 'utf8');

/** Manifests as they are written, in parts: longer ones take longer than they find. */
export const texts: readonly string[] = [
  ...filesBelow('examples', /^(?!i2kit).*\.yaml$/),
  ...filesBelow('packages/compiler/test/bad-input', /^input\.yaml$/),
  ...filesBelow('test/boot/manifests', /\.yaml$/),
  join(root, 'test/review/shop.yaml'),
].flatMap((path) => partsOf(textOf(path)));

/** Runs of whole documents, of some 2,000 characters. */
function partsOf(text: string): readonly string[] {
  const parts = [''];
  for (const document of text.split(/^---\n/m)) {
    const last = parts.at(-1) ?? '';
    if (last !== '' && last.length + document.length > 2000) parts.push(document);
    else parts[parts.length - 1] = last === '' ? document : `${last}---\n${document}`;
  }
  return parts.filter(({ length }) => length < 20_000);
}

const documentsOf = (text: string): readonly Tree[] => {
  try {
    const documents = parseAllDocuments(text, { version: '1.1', logLevel: 'silent' });
    return documents.flatMap((document) => {
      const value: unknown = document.toJS({ maxAliasCount: 100 });
      return isTree(value) && document.errors.length === 0 ? [JSON.parse(JSON.stringify(value)) as Tree] : [];
    });
  } catch {
    return [];
  }
};

/** Apps as lists of objects: each input, and a Deployment with each kind of object. */
export const apps: readonly (readonly Tree[])[] = [
  ...texts.map(documentsOf),
  ...Object.values(objects as unknown as Record<string, Record<string, Tree>>).flatMap((kinds) =>
    Object.values(kinds).map((object) => [object, kinds['Deployment'] ?? object]),
  ),
].filter(({ length }) => length > 0);

/** Settings: i2kit.yaml, i2kit.lock.json and i2kit.context.json. */
export interface Settings {
  readonly [name: string]: Tree;
  readonly config: Tree;
  readonly lock: Tree;
  readonly context: Tree;
}

const balancer = { dnsName: 'a.elb.eu-west-1.amazonaws.com', zone: 'Z1', weight: 2, stack: 'prod-data' };
const context: Tree = {
  version: 1,
  services: { default: { 'default/db': [balancer], 'default/web': [] } },
  network: {
    default: {
      asked: { vpc: 'vpc-1', subnets: { private: ['subnet-1'], public: ['subnet-2'] }, loadBalancers: { front: 'x' } },
      account: '123456789012',
      region: 'eu-west-1',
      vpc: { id: 'vpc-0a1b2c3d', cidrs: ['10.0.0.0/16'], internetGateway: 'igw-0a1b2c3d' },
      subnets: { private: { 'eu-west-1a': 'subnet-0a1b2c3d' }, public: { 'eu-west-1a': 'subnet-1a1b2c3d' } },
      securityGroup: 'sg-0a1b2c3d',
      keyPair: 'k',
      hostedZone: 'Z0123456789ABCDEFGHIJ',
      bucket: 'b',
      loadBalancers: {
        front: {
          arn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/front/1',
          dnsName: 'front.elb.amazonaws.com',
          hostedZone: 'Z1',
          visibility: 'public',
          securityGroups: ['sg-1'],
        },
      },
    },
  },
};
const fullConfig: Tree = {
  region: 'eu-west-1',
  hostedZone: { name: 'example.com', roleArn: 'arn:aws:iam::123456789012:role/dns' },
  isolation: 'app',
  via: 'alb-host',
  network: { vpc: 'vpc-1', subnets: { private: ['subnet-1'], public: ['subnet-2'] }, egress: 'one', zones: 2 },
  loadBalancers: { front: { tag: { team: 'edge' } } },
  bucket: false,
  logRetention: 30,
  tags: { team: 'shop' },
  permissionsBoundary: 'arn:aws:iam::123456789012:policy/b',
  images: { 'default/web': 'ami-0a1b2c3d4e5f60021' },
  overrides: [{ object: 'web', resource: 'log-group', merge: { Properties: { LogGroupClass: 'STANDARD' } } }],
};

/** Each app's settings; the values may be changed, so they are new each time. */
export const settings: readonly { readonly app: readonly Tree[]; readonly settings: Settings }[] = readdirSync(
  join(root, 'examples'),
)
  .filter((name) => !name.includes('.'))
  .flatMap((name) => {
    const folder = join('examples', name);
    const app = filesBelow(folder, /^(?!i2kit).*\.yaml$/).flatMap((path) => documentsOf(textOf(path)));
    const own = (file: string): Tree | undefined => {
      const path = join(root, folder, file);
      return existsSync(path) ? (JSON.parse(JSON.stringify(parse(textOf(path)))) as Tree) : undefined;
    };
    const lock = own('i2kit.lock.json') ?? { version: 1, loadBalancers: { 'Service/default/web': 1 } };
    const config = own('i2kit.yaml') ?? { region: 'eu-west-1' };
    return [
      { app, settings: { config, lock, context: { version: 1 } } },
      { app, settings: { config: { ...config, ...fullConfig }, lock, context } },
    ];
  });

/** The templates of the examples and of the environment, in parts: the resources of two objects each, with all other sections. */
export const templates: readonly Template[] = filesBelow('templates', /\.json$/).flatMap((path) => {
  const whole = JSON.parse(textOf(path)) as Template;
  const ofObject = new Map<string, string[]>();
  for (const [id, { Metadata }] of Object.entries(whole.Resources)) {
    const object = String(Metadata?.['i2kit:origin']).replace(/#.*/, '');
    ofObject.set(object, [...(ofObject.get(object) ?? []), id]);
  }
  const objects = [...ofObject.values()];
  return objects.map((ids, at) => {
    const some = [...ids, ...(objects[at + 1] ?? [])].slice(0, 24);
    return { ...whole, Resources: Object.fromEntries(some.map((id) => [id, whole.Resources[id]])) } as Template;
  });
});

/** All of it, of which a change takes its values. */
export const vocabularyInputs: readonly Json[] = [
  ...apps.flat(),
  ...settings.flatMap((each) => Object.values(each.settings)),
];
