// User input arrives in the machine unchanged, and never as template code.
import { compile } from '@i2kit/compiler';
import fc from 'fast-check';
import { type Loose, payloadOf, resourcesOf } from '../templates/invariants.ts';
import { app, objectsOf } from './generate.ts';

test('the decoded user data gives back exactly the environment that was written', () => {
  fc.assert(
    fc.property(app, (workloads) => {
      const sources = workloads
        .flatMap(objectsOf)
        .map((object, position) => ({ name: `${position}.json`, text: JSON.stringify(object) }));
      const result = compile(sources, { app: 'shop', env: 'default' });
      if (!result.ok) throw new Error(JSON.stringify(result.diagnostics, null, 1));
      const template: Loose = JSON.parse(JSON.stringify(result.stacks[0]?.template));
      const templates = resourcesOf(template, 'AWS::EC2::LaunchTemplate');
      expect(templates).toHaveLength(workloads.length);
      for (const { body } of templates) {
        const payload = payloadOf(body);
        const origin = String(body.Metadata['i2kit:origin']).split('#')[0];
        const written = workloads.find(({ namespace, name }) => `Deployment/${namespace}/${name}` === origin);
        const read = Object.fromEntries(
          (payload.pod.containers[0].env ?? []).map((entry: Loose) => [entry.name, entry.value ?? entry.expand]),
        );
        expect(read).toEqual(written?.env);
      }
      // Only i2kit's own text is outside of the payload.
      expect(JSON.stringify(template)).not.toMatch(/\{\{resolve:/);
    }),
    { numRuns: 200 },
  );
});
