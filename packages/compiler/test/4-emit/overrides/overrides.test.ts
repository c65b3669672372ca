// What overrides change, where they are marked, and that they change nothing else; what they refuse stands in bad-input/87 and 88.
import { readdirSync, readFileSync } from 'node:fs';
import { propertyErrors } from '../../../src/4-emit/aws/overrides/propertyTypes.ts';
import { compile } from '../../../src/compile.ts';
import type { Override } from '../../../src/options.ts';

const root = new URL('../../../../../', import.meta.url);
const text = readFileSync(new URL('examples/overrides/web.yaml', root), 'utf8');

interface Body {
  readonly Type: string;
  readonly Metadata: Readonly<Record<string, unknown>>;
  readonly Properties: Readonly<Record<string, unknown>>;
}

function compiled(overrides: readonly Override[]) {
  const images = { web: 'ami-0a1b2c3d4e5f60021' };
  const result = compile([{ name: 'web.yaml', text }], {
    app: 'shop',
    env: 'default',
    config: { region: 'eu-west-1', images, overrides },
  });
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return JSON.parse(JSON.stringify(result.stacks[0]?.template)) as {
    readonly Resources: Readonly<Record<string, Body>>;
    readonly Parameters: Readonly<Record<string, unknown>>;
  };
}

const plain = compiled([]);

test('an override changes its resource, marks it, and nothing else', () => {
  const { Resources, ...rest } = compiled([
    { object: 'web', resource: 'log-group', merge: { Properties: { LogGroupClass: 'INFREQUENT_ACCESS' } } },
  ]);
  const { Resources: before, ...others } = plain;
  expect(rest).toEqual(others);
  const { WebLogs, ...untouched } = Resources;
  const { WebLogs: logs, ...same } = before;
  expect(untouched).toEqual(same);
  expect(WebLogs).toEqual({
    ...logs,
    Metadata: { ...logs?.Metadata, 'i2kit:overridden': ['/Properties/LogGroupClass'] },
    Properties: { ...logs?.Properties, LogGroupClass: 'INFREQUENT_ACCESS' },
  });
});

test('later overrides see what earlier ones made, and marks add up', () => {
  const group = compiled([
    {
      object: 'Deployment/web',
      resource: 'auto-scaling-group',
      merge: { Properties: { MaxInstanceLifetime: 86_400 } },
    },
    {
      object: 'default/web',
      resource: 'AWS::AutoScaling::AutoScalingGroup',
      patch: [
        { op: 'test', path: '/Properties/MaxInstanceLifetime', value: 86_400 },
        { op: 'move', from: '/Properties/MaxInstanceLifetime', path: '/Properties/DefaultInstanceWarmup' },
      ],
    },
  ]).Resources['WebGroup'];
  expect(group?.Properties).toMatchObject({ DefaultInstanceWarmup: 86_400 });
  expect(group?.Properties).not.toHaveProperty('MaxInstanceLifetime');
  expect(group?.Metadata['i2kit:overridden']).toEqual([
    '/Properties/DefaultInstanceWarmup',
    '/Properties/MaxInstanceLifetime',
  ]);
});

test('`every` means all, `at` the one that comes from there', () => {
  const changed = (resources: Readonly<Record<string, Body>>) =>
    Object.keys(resources).filter((id) => resources[id]?.Metadata['i2kit:overridden'] !== undefined);
  const override = {
    object: 'Service/default/web',
    resource: 'target-group',
    merge: { Properties: { HealthCheckIntervalSeconds: 30 } },
  };
  expect(changed(compiled([{ ...override, every: true }]).Resources)).toEqual(['WebTcp80Targets', 'WebTcp8080Targets']);
  expect(changed(compiled([{ ...override, at: '/spec/ports/1' }]).Resources)).toEqual(['WebTcp8080Targets']);
});

test('what the environment hands over can be referred to, and is asked for only where it is', () => {
  const zones = { Properties: { VPCZoneIdentifier: { Ref: 'PublicSubnets' } } };
  expect(compiled([{ object: 'web', resource: 'auto-scaling-group', merge: zones }]).Parameters).not.toHaveProperty(
    'PrivateSubnets',
  );
  expect(plain.Parameters).toHaveProperty('PrivateSubnets');
});

test('the table of properties knows every property that i2kit writes', () => {
  const folders = readdirSync(new URL('templates', root)).filter((name) => name !== 'environment');
  const files = folders.flatMap((folder) =>
    readdirSync(new URL(`templates/${folder}`, root))
      .filter((file) => file.endsWith('.template.json'))
      .map((file) => new URL(`templates/${folder}/${file}`, root)),
  );
  const bodies = files.flatMap((file) =>
    Object.values((JSON.parse(readFileSync(file, 'utf8')) as { Resources: Record<string, Body> }).Resources),
  );
  expect(bodies.length).toBeGreaterThan(200);
  expect(
    bodies.flatMap(({ Type, Properties }) => propertyErrors(Type, Properties).map((wrong) => [Type, wrong])),
  ).toEqual([]);
});
