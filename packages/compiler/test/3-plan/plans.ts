// Plans of small apps, for tests of single parts of the plan.
import { compile } from '../../src/index.ts';
import type { JsonObject } from '../../src/kinds/shared/defaults/jsonObject.ts';
import type { Config } from '../../src/options.ts';
import type { MachineGroup, Plan } from '../../src/plan.ts';
import { deployment, withFields } from '../helpers/objects.ts';

const settings: Config = { region: 'eu-west-1', hostedZone: 'example.com' };

export function planOf(objects: readonly JsonObject[], config: Config = {}): Plan {
  const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
  const result = compile([{ name: 'a.json', text }], {
    app: 'shop',
    env: 'default',
    config: { ...settings, ...config },
  });
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics.filter(({ severity }) => severity === 'error')));
  return result.plan;
}

export const groupOf = (object: JsonObject, others: readonly JsonObject[] = []): MachineGroup =>
  planOf([object, ...others]).groups[0] as MachineGroup;

/** A Deployment with these fields below its pod's spec. */
export const withPod = (fields: Readonly<Record<string, unknown>>): JsonObject =>
  withFields(
    deployment,
    Object.fromEntries(Object.entries(fields).map(([path, value]) => [`spec.template.spec.${path}`, value])),
  );
