// The last step: `overrides` of i2kit.yaml change single resources, for properties that i2kit does not model.
import { isObject, type Json } from '@i2kit/common';
import { type Code, configRef, type Finding, jsonPointer, type Path } from '../../../diagnostic.ts';
import type { Override } from '../../../options.ts';
import type { Resource } from '../../../template.ts';
import type { EmitContext } from '../emitter.ts';
import { jsonPatch } from './jsonPatch.ts';
import { mergePatch } from './mergePatch.ts';
import { overrideErrors } from './overrideErrors.ts';
import { addressedIds, alternatives, hasResources, ownerOf, placeOf, type Resources } from './resourceAddress.ts';

export interface OverrideResult {
  readonly resources: Resources;
  readonly findings: readonly Finding[];
}

/** @param parameters ids that resources may refer to besides other resources */
export function withOverrides(
  context: EmitContext,
  resources: Resources,
  parameters: readonly string[],
): OverrideResult {
  const overrides = context.config.overrides ?? [];
  if (overrides.length === 0) return { resources, findings: [] };
  const findings: Finding[] = [];
  const ids = new Set([...Object.keys(resources), ...parameters]);
  let now = resources;
  for (const [index, override] of overrides.entries()) {
    const say: ReportOverride = (code, message, path = [], hint) =>
      findings.push({
        code,
        message,
        object: configRef(context.options),
        path: ['overrides', index, ...path],
        ...(hint !== undefined && { hint }),
      });
    for (const id of addressedResources(override, now, say)) {
      const body = now[id];
      const after = body && patchedBody(override, body, say);
      if (body === undefined || after === undefined) continue;
      const wrong = overrideErrors(body, after, ids);
      for (const { code, message, path, hint } of wrong)
        say(code, message, override.merge ? ['merge', ...path] : ['patch'], hint);
      // `overrideErrors` has checked that it is a resource of the same type.
      if (wrong.length === 0) now = { ...now, [id]: withOverrideMetadata(after as unknown as Resource, override) };
    }
  }
  return { resources: now, findings };
}

type ReportOverride = (code: Code, message: string, path?: Path, hint?: string) => void;

function addressedResources(override: Override, resources: Resources, say: ReportOverride): readonly string[] {
  const found = addressedIds(override, resources);
  const what = `${override.resource} of ${override.object}${override.at === undefined ? '' : ` at ${override.at}`}`;
  const hasObject = hasResources(override, resources);
  if (found.length === 0)
    say(
      'I2K770',
      `no resource matches ${what}`,
      [hasObject ? 'resource' : 'object'],
      alternatives(override, resources),
    );
  if (found.length < 2 || override.every) return found;
  const places = found.flatMap((id) => resources[id] ?? []).map((body) => `${ownerOf(body)} ${placeOf(body)}`.trim());
  say(
    'I2K771',
    `${found.length} resources match ${what}`,
    ['resource'],
    `Add \`at\`, or \`every: true\`. Matches: ${[...new Set(places)].join(', ')}.`,
  );
  return [];
}

function patchedBody({ merge, patch }: Override, body: Resource, say: ReportOverride): Json | undefined {
  if ((merge === undefined) === (patch === undefined)) {
    say(
      'I2K772',
      merge === undefined ? 'the override has neither merge nor patch' : 'the override has both merge and patch',
    );
    return undefined;
  }
  // An override edits the resource as plain JSON.
  const before = body as unknown as Json;
  if (merge !== undefined) return mergePatch(before, merge);
  const result = jsonPatch(before, patch ?? []);
  if (result.ok) return result.value;
  const [{ message, operation }] = result.problems;
  say(
    'I2K772',
    message,
    ['patch', operation],
    `Paths start at the resource: ${Object.keys(body)
      .map((key) => `/${key}`)
      .join(', ')}.`,
  );
  return undefined;
}

/** Marks the overridden parts, for readers of the template. */
function withOverrideMetadata(body: Resource, override: Override): Resource {
  const before = body.Metadata?.['i2kit:overridden'] as readonly string[] | undefined;
  const places = new Set([...(before ?? []), ...changedPaths(override)]);
  return { ...body, Metadata: { ...body.Metadata, 'i2kit:overridden': [...places].sort() } } as Resource;
}

function changedPaths({ merge, patch = [] }: Override): readonly string[] {
  if (merge !== undefined) return leafPaths(merge, []);
  return patch.flatMap(({ op, path, from }) =>
    op === 'test' ? [] : op === 'move' && from !== undefined ? [from, path] : [path],
  );
}

const leafPaths = (value: Json, path: Path): readonly string[] =>
  isObject(value) && Object.keys(value).length > 0
    ? Object.entries(value).flatMap(([key, inner]) => leafPaths(inner as Json, [...path, key]))
    : [jsonPointer(path)];
