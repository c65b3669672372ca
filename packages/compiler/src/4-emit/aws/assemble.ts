// Merges the emitters' output into one template: readable order, no duplicate ids, overrides applied.
import type { Json } from '@i2kit/common';
import type { Finding } from '../../diagnostic.ts';
import { type Output, optionalSection, type Parameter, type Resource, type Template } from '../../template.ts';
import { emittedTextFindings } from './emittedTexts.ts';
import type { Emission, EmitContext } from './emitter.ts';
import { environmentParameters } from './environmentParameters.ts';
import { withOverrides } from './overrides/index.ts';
import { referencedIds } from './references.ts';

export interface Assembled {
  readonly template: Template;
  readonly findings: readonly Finding[];
}

export function assemble(context: EmitContext, emissions: readonly Emission[]): Assembled {
  const outputs = mergeUnique<Output>(emissions.map((emission) => emission.outputs ?? {}));
  const own = mergeUnique<Parameter>(emissions.map((emission) => emission.parameters ?? {}));
  const mappings = mergeUnique(emissions.map((emission) => emission.mappings ?? {}));
  const made = withPermissionsBoundary(
    context,
    orderedByOrigin(mergeUnique(emissions.map((emission) => emission.resources ?? {}))),
  );
  const shared = environmentParameters(context.options.env, zonesOf(context));
  const { resources, findings } = withOverrides(context, made, [...Object.keys(shared), ...Object.keys(own)]);
  const parameters = { ...usedParameters(shared, resources), ...own };
  const metadata = mergeUnique<Json>(emissions.map((emission) => emission.metadata ?? {}));
  const texts = emittedTextFindings(
    { Resources: made, Parameters: parameters, Mappings: mappings, Outputs: outputs, Metadata: metadata },
    context.plan,
  );
  const template: Template = {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: `i2kit app ${context.options.app} in ${context.options.env}`,
    ...optionalSection('Metadata', metadata),
    ...optionalSection('Parameters', parameters),
    ...optionalSection('Mappings', mappings),
    Resources: resources,
    ...optionalSection('Outputs', outputs),
  };
  return {
    template,
    findings: [...emissions.flatMap((emission) => emission.findings ?? []), ...texts, ...findings],
  };
}

function mergeUnique<T>(all: readonly Readonly<Record<string, T>>[]): Record<string, T> {
  const merged: Record<string, T> = {};
  for (const entries of all) {
    for (const [id, entry] of Object.entries(entries)) {
      if (id in merged) throw new Error(`two emitters, or two objects, create ${id}`);
      merged[id] = entry;
    }
  }
  return merged;
}

/** The user's permissions boundary applies to every role, whichever emitter creates it. */
function withPermissionsBoundary(
  { config }: EmitContext,
  resources: Readonly<Record<string, Resource>>,
): Readonly<Record<string, Resource>> {
  const boundary = config.permissionsBoundary;
  if (boundary === undefined) return resources;
  return Object.fromEntries(
    Object.entries(resources).map(([id, body]) =>
      body.Type === 'AWS::IAM::Role'
        ? [id, { ...body, Properties: { ...body.Properties, PermissionsBoundary: boundary } }]
        : [id, body],
    ),
  );
}

/** Groups resources by object and sorts by object name, so that a diff reads by object. */
function orderedByOrigin(resources: Readonly<Record<string, Resource>>): Record<string, Resource> {
  const owner = (id: string) => String(resources[id]?.Metadata?.['i2kit:origin'] ?? '').split('#')[0] ?? '';
  const owners = new Map<string, string[]>();
  for (const id of Object.keys(resources)) {
    const name = owner(id);
    const others = owners.get(name);
    if (others) others.push(id);
    else owners.set(name, [id]);
  }
  const ordered: Record<string, Resource> = {};
  for (const name of [...owners.keys()].sort()) {
    for (const id of owners.get(name) ?? []) {
      const resource = resources[id];
      if (resource !== undefined) ordered[id] = resource;
    }
  }
  return ordered;
}

const zonesOf = ({ plan }: EmitContext) =>
  [...new Set(plan.groups.flatMap((group) => group.machine.zones ?? []))].sort();

/** Parameters of the environment that the template refers to; CloudFormation would resolve unused ones, too. */
function usedParameters(
  known: Readonly<Record<string, Parameter>>,
  resources: Readonly<Record<string, Resource>>,
): Record<string, Parameter> {
  const found = new Set(referencedIds(resources));
  return Object.fromEntries(Object.entries(known).filter(([id]) => found.has(id)));
}
