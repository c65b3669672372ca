// Diagnostics come in the order of their places, whatever the order in which the phases report them.
import { collector } from '../src/collector.ts';
import { compile } from '../src/compile.ts';
import type { Finding, Path } from '../src/diagnostic.ts';

const finding = (source: string, document: number, path: Path, item?: number, message = 'a'): Finding => ({
  code: 'I2K201',
  message,
  path,
  object: {
    source,
    document,
    ...(item === undefined ? {} : { item }),
    apiVersion: 'v1',
    kind: 'Service',
    namespace: 'default',
    name: 'a',
  },
});

it('sorts by source, document, item of a List, and path', () => {
  const ordered = [
    finding('a.yaml', 0, ['spec']),
    finding('a.yaml', 0, ['spec', 'ports', 2]),
    finding('a.yaml', 0, ['spec', 'ports', 10], undefined, 'a'),
    finding('a.yaml', 0, ['spec', 'ports', 10], undefined, 'b'),
    finding('a.yaml', 0, ['spec', 'type']),
    finding('a.yaml', 1, [], 0),
    finding('a.yaml', 1, [], 1),
    finding('a.yaml', 2, []),
    finding('a.yaml', 10, []),
    finding('b.yaml', 0, []),
  ];
  for (const reported of [[...ordered].reverse(), [...ordered.slice(5), ...ordered.slice(0, 5)]]) {
    const { report, diagnostics } = collector();
    for (const one of reported) report(one);
    expect(diagnostics()).toMatchObject(ordered);
  }
});

it('compile gives them in the order of the documents', () => {
  const service = (name: string) => `{apiVersion: v1, kind: Service, metadata: {name: ${name}}, spec: {wrong: 1}}\n`;
  const text = ['first', 'second', 'third'].map(service).join('---\n');
  const { diagnostics } = compile([{ name: 'a.yaml', text }], { app: 'a', env: 'default' });
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  expect(errors.map(({ object: { document, name } }) => [document, name])).toEqual([
    [0, 'first'],
    [1, 'second'],
    [2, 'third'],
  ]);
});
