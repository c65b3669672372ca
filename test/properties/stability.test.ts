// Adding, removing or renaming one object changes no logical id and no assignment of another.
import { compile, type Lock } from '@i2kit/compiler';
import fc from 'fast-check';
import { app, objectsOf, type Workload, workload } from './generate.ts';

function compiledApp(workloads: readonly Workload[], lock?: Lock) {
  const sources = workloads
    .flatMap(objectsOf)
    .map((object, position) => ({ name: `${position}.json`, text: JSON.stringify(object) }));
  const result = compile(sources, { app: 'shop', env: 'default', ...(lock === undefined ? {} : { lock }) });
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics, null, 1));
  return { lock: result.lock, resources: result.stacks[0]?.template.Resources ?? {} };
}

/** Resources by the object that they come from, without the app's shared ones. */
function ownResources(
  resources: ReturnType<typeof compiledApp>['resources'],
  workloads: readonly Workload[],
): Record<string, string> {
  const names = new Set(
    workloads.flatMap(({ namespace, name }) => [`Deployment/${namespace}/${name}`, `Service/${namespace}/${name}`]),
  );
  return Object.fromEntries(
    Object.entries(resources)
      .filter(([, { Metadata }]) => names.has(String(Metadata?.['i2kit:origin']).split('#')[0] ?? ''))
      .map(([id, resource]) => [id, JSON.stringify(resource)]),
  );
}

test('adding an object changes nothing of the others', () => {
  fc.assert(
    fc.property(app, workload, (before, added) => {
      fc.pre(!before.some(({ namespace, name }) => namespace === added.namespace && name === added.name));
      const first = compiledApp(before);
      const second = compiledApp([added, ...before], first.lock);
      expect(ownResources(second.resources, before)).toEqual(ownResources(first.resources, before));
    }),
    { numRuns: 150 },
  );
});

test('removing an object changes nothing of the others', () => {
  fc.assert(
    fc.property(app, (before) => {
      const first = compiledApp(before);
      const rest = before.slice(1);
      const second = compiledApp(rest, first.lock);
      expect(ownResources(second.resources, rest)).toEqual(ownResources(first.resources, rest));
    }),
    { numRuns: 150 },
  );
});

test('renaming an object changes nothing of the others', () => {
  fc.assert(
    fc.property(app, workload, ([renamed, ...rest], { name }) => {
      fc.pre(
        renamed !== undefined && !rest.some((other) => other.name === name && other.namespace === renamed.namespace),
      );
      const first = compiledApp([renamed as Workload, ...rest]);
      const second = compiledApp([{ ...(renamed as Workload), name }, ...rest], first.lock);
      expect(ownResources(second.resources, rest)).toEqual(ownResources(first.resources, rest));
    }),
    { numRuns: 150 },
  );
});

test('no two objects have one id, whatever their names', () => {
  fc.assert(
    fc.property(app, (workloads) => {
      const { resources } = compiledApp(workloads);
      // `assemble` throws where two objects make one id; this also sees an id that is not CloudFormation's.
      for (const id of Object.keys(resources)) expect(id).toMatch(/^[A-Za-z0-9]{1,255}$/);
    }),
    { numRuns: 300 },
  );
});

test('a freed slot is free at once, and a kept one stays', () => {
  const base = { namespace: 'default', replicas: 1, port: 80, env: {}, exposed: true };
  const [a, b, c] = ['wa', 'wb', 'wc'].map((name): Workload => ({ ...base, name })) as [Workload, Workload, Workload];
  const first = compiledApp([a, b]);
  expect(first.lock.loadBalancers).toEqual({ 'Service/default/wa': 1, 'Service/default/wb': 2 });
  const second = compiledApp([b, c], first.lock);
  expect(second.lock.loadBalancers).toEqual({ 'Service/default/wb': 2, 'Service/default/wc': 1 });
});
