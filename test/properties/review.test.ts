// No change of a template goes without an effect: random changes of the shop's templates, of their user data, and of manifests.
import type { Json } from '@i2kit/common';
import { reviewStack, reviewText, type StackReview, type Template, type TemplateInput } from '@i2kit/review';
import fc from 'fast-check';
import { gunzipSync, gzipSync } from 'fflate';
import { judgedReview } from '../fuzz/targets.ts';
import { pairs, templatesOf } from '../review/pair.ts';

const templates = pairs.slice(0, 12).map(([, pair]) => templatesOf(pair)[1].template);

const review = (before: TemplateInput, after: TemplateInput): StackReview => reviewStack({ stack: 's', before, after });
const isObject = (value: unknown): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** All values below a value, with their parents: the places where a change can be made. */
function placesIn(value: Json, path: readonly (string | number)[] = []): readonly (readonly (string | number)[])[] {
  const inner = Array.isArray(value)
    ? value.flatMap((each, at) => placesIn(each as Json, [...path, at]))
    : isObject(value)
      ? Object.entries(value).flatMap(([key, each]) => placesIn(each, [...path, key]))
      : [];
  return [path, ...inner];
}

/** The parts that a change may be made in: everything but the types of resources, which the review takes for granted. */
const isOpen = ([section, , attribute, ...rest]: readonly (string | number)[]): boolean =>
  section !== undefined &&
  (section !== 'Resources' ||
    (attribute === 'Properties' && rest.length > 0) ||
    attribute === 'Metadata' ||
    attribute === 'UpdatePolicy' ||
    attribute === 'DependsOn');

function changedAt(value: Json, path: readonly (string | number)[], change: (found: Json) => Json): Json {
  const [key, ...rest] = path;
  if (key === undefined) return change(value);
  if (Array.isArray(value)) return value.map((each, at) => (at === key ? changedAt(each as Json, rest, change) : each));
  return Object.fromEntries(
    Object.entries(value as object).map(([each, inner]) => [
      each,
      each === key ? changedAt(inner, rest, change) : inner,
    ]),
  );
}

/** Reorders, renames, removes, doubles or replaces; some of these leave some values as they are. */
function changeOf(kind: number): (value: Json) => Json {
  return (value) => {
    if (Array.isArray(value)) {
      const list = value as readonly Json[];
      return (
        [
          () => [...list].reverse(),
          () => [...list.slice(1), ...list.slice(0, 1)],
          () => list.slice(1),
          () => [...list, ...list.slice(0, 1)],
        ][kind % 4]?.() ?? list
      );
    }
    if (isObject(value)) {
      const entries = Object.entries(value);
      const [[key, first] = ['', null]] = entries;
      return (
        [
          () => Object.fromEntries(entries.slice(1)),
          () => Object.fromEntries([...entries.slice(1), [`${key}X`, first]]),
          () => ({ ...value, Added: 1 }),
          () => Object.fromEntries([...entries].reverse()),
        ][kind % 4]?.() ?? value
      );
    }
    return [`${String(value)} `, '', 'other', typeof value === 'string' ? `${value}${value}` : 7][kind % 4] ?? value;
  };
}

const someTemplate = fc.nat({ max: templates.length - 1 });
/** By number: a counterexample stays short. */
const templateAt = (at: number): Template => templates[at] as Template;

test('any change of a template has an effect, and none has none', () => {
  fc.assert(
    fc.property(someTemplate, fc.nat(), fc.nat(), (at, place, kind) => {
      const template = templateAt(at);
      const places = placesIn(template as unknown as Json).filter(isOpen);
      const path = places[place % places.length] ?? [];
      const after = changedAt(template as unknown as Json, path, changeOf(kind)) as unknown as Template;
      judgedReview({ template }, { template: after });
    }),
    { numRuns: 300 },
  );
});

/** The text parts of a launch template's user data; the payload is base64 inside of one of them. */
const payloadPattern = /"payload":"([A-Za-z0-9+/=]+)"/;

function withPayload(template: Template, change: (text: string) => string): Template {
  const text = JSON.stringify(template).replace(
    new RegExp(payloadPattern.source.replaceAll('"', '\\\\"')),
    (whole, payload: string) => {
      const inner = new TextDecoder().decode(gunzipSync(Buffer.from(payload, 'base64')));
      const packed = Buffer.from(gzipSync(new TextEncoder().encode(change(inner)), { mtime: 0 })).toString('base64');
      return whole.replace(payload, packed);
    },
  );
  return JSON.parse(text) as Template;
}

test('any change of what machines read has an effect', () => {
  fc.assert(
    fc.property(someTemplate, fc.nat(), fc.nat(), (at, place, kind) => {
      const template = templateAt(at);
      const before = withPayload(template, (text) => text);
      const after = withPayload(template, (text) => {
        const payload = JSON.parse(text) as Json;
        const places = placesIn(payload).filter(({ length }) => length > 1);
        return JSON.stringify(changedAt(payload, places[place % places.length] ?? [], changeOf(kind)));
      });
      const differs = JSON.stringify(before) !== JSON.stringify(after);
      expect(review({ template: before }, { template: after }).effects.length > 0).toBe(differs);
    }),
    { numRuns: 60 },
  );
});

test('a payload that two readers understand differently is shown as it is written', () => {
  const template = templateAt(0);
  const before = withPayload(template, (text) => text);
  for (const change of [
    (text: string) =>
      `{"pod":{"containers":[{"name":"web","image":"evil","security":{"privileged":true}}]},${text.slice(1)}`,
    (text: string) => text.replace('"image":', '"image":"evil","image":'),
    (text: string) => ` ${text}`,
  ]) {
    const after = withPayload(template, change);
    const { effects } = review({ template: before }, { template: after });
    expect(effects.map(({ verb }) => verb)).toContain('ROLL');
    expect(effects.flatMap(({ changes }) => changes.map(({ path }) => path.join('.')))).toContain(
      'LaunchTemplateData.UserData',
    );
  }
});

test.each([
  [
    'init containers',
    'initContainers',
    [
      { name: 'fetch', image: 'a' },
      { name: 'verify', image: 'b' },
    ],
  ],
  [
    'environment variables',
    'env',
    [
      { name: 'SAFE', value: '1' },
      { name: 'URL', value: '$(SAFE)' },
    ],
  ],
])('the order of %s is a change', (_, field, list) => {
  const manifest = (order: readonly object[]) =>
    field === 'env'
      ? { containers: [{ name: 'web', image: 'w', env: order }] }
      : { initContainers: order, containers: [{ name: 'web', image: 'w' }] };
  const workload = (order: readonly object[]) => ({
    what: '',
    effects: [],
    had: JSON.stringify({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'more' },
      spec: {
        selector: { matchLabels: { app: 'more' } },
        template: { metadata: { labels: { app: 'more' } }, spec: manifest(order) },
      },
    }),
  });
  const [before] = templatesOf(workload(list));
  const [after] = templatesOf(workload([...list].reverse()));
  const { effects } = review(before, after);
  expect(effects.map(({ verb, object }) => [verb, object])).toEqual([['ROLL', 'Deployment/default/more']]);
  const text = reviewText(review(before, after), { columns: 200, color: false, hunks: true });
  expect(text).toContain(`~ order of ${field === 'env' ? 'containers[web].env' : 'initContainers'}: [`);
});
