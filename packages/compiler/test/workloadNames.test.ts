// The names by which an app is called where nothing names it.
import { workloadNames } from '../src/workloadNames.ts';

const names = (text: string) => workloadNames([{ name: 'input.yaml', text }], {});
const set = (name: string) => `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: ${name}}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: main, image: 'example/${name}:1'}]}
`;

test('no region is needed, and no check is made', () => {
  expect(names(set('db'))).toEqual({ ok: true, value: ['db'] });
  expect(names(`${set('db')}---\n${set('queue')}`)).toEqual({ ok: true, value: ['db', 'queue'] });
  expect(names('')).toEqual({ ok: true, value: [] });
});

test('manifests that cannot be read have no names, but problems', () => {
  expect(names('kind: [')).toMatchObject({ ok: false, problems: [{ severity: 'error' }] });
});
