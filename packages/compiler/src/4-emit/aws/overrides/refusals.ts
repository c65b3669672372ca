// What is wrong with a resource after an override: what is not the user's to change, and what CloudFormation would not take.
import type { Path } from '../../../diagnostic.ts';
import { pathText } from '../../../diagnostic.ts';
import { isRecord } from '../../../kinds/shared/json.ts';
import type { Json, Resource } from '../../../template.ts';
import { references } from '../references.ts';
import { shortName } from './address.ts';
import { fixed, open } from './fixed.ts';
import { misshapes } from './shape.ts';

export interface Refusal {
  readonly code: 'I2K773' | 'I2K774';
  readonly message: string;
  /** In the resource. */
  readonly path: Path;
  readonly hint?: string;
}

type Body = Readonly<Record<string, unknown>>;

/** `ids` are those of the template's resources and parameters. */
export const refusals = (before: Resource, after: Json, ids: ReadonlySet<string>): readonly Refusal[] => {
  const now: Body = isRecord(after) ? after : {};
  return [...closedParts({ ...before }, now), ...fixedProperties(before, now), ...shapes(before, now), ...loose(now, ids)];
};

const differ = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b);

const closedParts = (before: Body, now: Body): readonly Refusal[] =>
  [...new Set([...Object.keys(before), ...Object.keys(now)])]
    .filter((part) => !(open as readonly string[]).includes(part) && differ(before[part], now[part]))
    .map((part) => ({
      code: 'I2K773',
      message: `an override cannot change ${part} of a resource`,
      path: [part],
      hint: `it can change ${open.join(', ')}`,
    }));

function fixedProperties({ Type, Properties }: Resource, now: Body): readonly Refusal[] {
  const [old, changed] = [Properties as Body, isRecord(now['Properties']) ? now['Properties'] : {}];
  return (fixed[Type] ?? [])
    .filter((property) => differ(old[property], changed[property]))
    .map((property) => ({
      code: 'I2K773',
      message: `an override cannot change ${property} of a ${shortName(Type)}`,
      path: ['Properties', property],
      hint: 'change the manifest that it comes from',
    }));
}

/** What was there before is not the override's doing. */
function shapes({ Type, Properties }: Resource, now: Body): readonly Refusal[] {
  const known = new Set(misshapes(Type, Properties).map(({ path }) => pathText(path)));
  return misshapes(Type, now['Properties'] ?? {})
    .filter(({ path }) => !known.has(pathText(path)))
    .map((wrong) => ({ code: 'I2K774', ...wrong }));
}

function loose(now: Body, ids: ReadonlySet<string>): readonly Refusal[] {
  const after = [now['DependsOn'] ?? []].flat().map(String);
  return [...new Set([...references(now), ...after])]
    .filter((id) => !ids.has(id))
    .map((id) => ({ code: 'I2K774', message: `${id} is neither a resource nor a parameter of the template`, path: [] }));
}
