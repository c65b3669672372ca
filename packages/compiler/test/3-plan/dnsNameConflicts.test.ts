// A DNS name leads to one place.
import { compile } from '../../src/compile.ts';
import type { JsonObject } from '../../src/kinds/shared/defaults/jsonObject.ts';
import type { Config } from '../../src/options.ts';
import { deployment, ingress, service, statefulSet, withFields } from '../helpers/objects.ts';

function said(objects: readonly JsonObject[], config: Config = {}): readonly string[] {
  const sources = objects.map((object, position) => ({ name: `${position}.json`, text: JSON.stringify(object) }));
  const { diagnostics } = compile(sources, {
    app: 'shop',
    env: 'default',
    config: { region: 'eu-west-1', hostedZone: 'example.com', ...config },
  });
  return diagnostics.filter(({ code }) => code === 'I2K622').map(({ message }) => message);
}

const publicly = withFields(service, { 'spec.type': 'LoadBalancer' });
const routed = (host: string) => withFields(ingress, { 'spec.rules[0].host': host });

it('a Service and an Ingress do not share a public name', () => {
  expect(said([deployment, publicly, routed('shop.example.com')])).toEqual([]);
  expect(said([deployment, publicly, routed('WEB.example.com'.toLowerCase())])).toEqual([
    'web.example.com is already the name of Service/default/web',
  ]);
});

it('a Deployment whose name has a dot does not take that of another namespace', () => {
  const dotted = withFields(deployment, {
    'metadata.name': 'web.staging',
    'metadata.annotations': { 'i2kit.dev/expose': 'public' },
  });
  const there = [deployment, publicly].map((object) => withFields(object, { 'metadata.namespace': 'staging' }));
  expect(said([dotted, ...there])).toEqual([
    expect.stringContaining('web.staging.example.com is already the name of '),
  ]);
});

it('nor that of a machine of a StatefulSet', () => {
  const headless = withFields(service, { 'spec.clusterIP': 'None' });
  const dotted = withFields(deployment, {
    'metadata.name': 'web-0.web',
    'spec.template.metadata.labels': { app: 'x' },
    'spec.selector.matchLabels': { app: 'x' },
  });
  expect(said([statefulSet, headless])).toEqual([]);
  expect(said([statefulSet, headless, dotted])).toHaveLength(1);
});
