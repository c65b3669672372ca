// `stacks: workload`: a change of one workload changes its own stack and the shared one, and no other by a byte.
import { compile, type Lock, type Stack } from '@i2kit/compiler';
import fc from 'fast-check';
import { app, objectsOf, type Workload, workload } from './generate.ts';

function compiledApp(
  workloads: readonly Workload[],
  lock?: Lock,
): { readonly lock: Lock; readonly stacks: readonly Stack[] } {
  const sources = workloads
    .flatMap(objectsOf)
    .map((object, position) => ({ name: `${position}.json`, text: JSON.stringify(object) }));
  const result = compile(sources, {
    app: 'shop',
    env: 'default',
    config: { stacks: 'workload' },
    ...(lock && { lock }),
  });
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics, null, 1));
  return result;
}

/** The bytes of every stack of a workload, by the workload. */
const ownStacks = ({ stacks }: { readonly stacks: readonly Stack[] }): Record<string, string> =>
  Object.fromEntries(
    stacks
      .slice(1)
      .map(({ name, template }) => [template.Description.split(': ')[1] ?? '', `${name} ${JSON.stringify(template)}`]),
  );

const keyOf = ({ namespace, name }: Workload) => `Deployment/${namespace}/${name}`;
const without = (stacks: Record<string, string>, gone: readonly Workload[]) =>
  Object.fromEntries(Object.entries(stacks).filter(([key]) => !gone.map(keyOf).includes(key)));

test('a workload more or fewer changes no stack of another', () => {
  fc.assert(
    fc.property(app, workload, (before, added) => {
      fc.pre(!before.some((other) => keyOf(other) === keyOf(added)));
      const first = compiledApp(before);
      const second = compiledApp([added, ...before], first.lock);
      expect(Object.keys(ownStacks(second)).sort()).toEqual([...before, added].map(keyOf).sort());
      expect(without(ownStacks(second), [added])).toEqual(ownStacks(first));
      expect(ownStacks(compiledApp(before, second.lock))).toEqual(ownStacks(first));
    }),
    { numRuns: 100 },
  );
});

test('another name, another environment variable and another size of a workload change no stack of another', () => {
  fc.assert(
    fc.property(app, workload, ([changed, ...rest], other) => {
      fc.pre(changed !== undefined && !rest.some((each) => keyOf(each) === keyOf(other)));
      const first = compiledApp([changed as Workload, ...rest]);
      const second = compiledApp([other, ...rest], first.lock);
      expect(without(ownStacks(second), [other])).toEqual(without(ownStacks(first), [changed as Workload]));
    }),
    { numRuns: 100 },
  );
});

test('a variable and a size change the stack of the workload alone', () => {
  fc.assert(
    fc.property(app, ([changed, ...rest]) => {
      const before = changed as Workload;
      const first = compiledApp([before, ...rest]);
      const second = compiledApp(
        [{ ...before, replicas: before.replicas + 1, env: { ...before.env, MORE: 'x' } }, ...rest],
        first.lock,
      );
      const names = first.stacks.filter(
        ({ template }, at) => JSON.stringify(template) !== JSON.stringify(second.stacks[at]?.template),
      );
      expect(names.map(({ template }) => template.Description.split(': ')[1])).toEqual([keyOf(before)]);
    }),
    { numRuns: 100 },
  );
});
