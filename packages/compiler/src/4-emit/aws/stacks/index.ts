// Splits the template for `stacks: workload`: one stack for each workload, and a shared one that is deployed first.
import { compareEntries } from '@i2kit/common';
import { objectName } from '../../../diagnostic.ts';
import type { Asset, Stack } from '../../../stack.ts';
import { type Output, optionalSection, type Resource, type Template } from '../../../template.ts';
import type { EmitContext } from '../emitter.ts';
import * as ids from '../logicalIds.ts';
import { referencedIds } from '../references.ts';
import {
  type CrossStackReference,
  crossStackParameterId,
  readParameter,
  withCrossStackReferences,
  writtenParameter,
} from './crossStackParameters.ts';
import { stackPlacement } from './placement.ts';

/** The shared stack first, `<env>-<app>`; then `<env>-<app>-<Workload>`, by name. */
export function stacksOf(context: EmitContext, whole: Template, assets: readonly Asset[]): readonly Stack[] {
  const { app, env, config } = { ...context.options, config: context.config };
  const name = `${env}-${app}`;
  if (config.stacks !== 'workload') return [{ name, template: whole, assets }];
  const workloads = new Map(context.workloads.map((group) => [objectName(group.origin.object), group]));
  const at = stackPlacement(whole.Resources, new Set(workloads.keys()));
  const crossings = new Map<string, CrossStackReference>();
  const own = [...workloads].sort(compareEntries).flatMap(([workload, group]) => {
    const part = stackPart(whole, (id) => at.get(id) === workload);
    if (Object.keys(part.Resources).length === 0) return [];
    const elsewhere = (id: string) => id in whole.Resources && at.get(id) !== workload;
    const { value, crossings: found } = withCrossStackReferences(
      { Resources: part.Resources, Outputs: part.Outputs ?? {} },
      elsewhere,
    );
    for (const crossing of found) crossings.set(crossStackParameterId(crossing), crossing);
    const read = Object.fromEntries(
      found.map((crossing) => readParameter({ env, app }, crossing, resourceOf(whole, crossing.id))),
    );
    const template = withoutEmptySections({
      ...part,
      Parameters: { ...part.Parameters, ...read },
      Resources: value.Resources,
      Outputs: value.Outputs,
    });
    const Description = `i2kit app ${app} in ${env}: ${workload}`;
    return [
      {
        name: `${name}-${ids.workloadStackSuffix(group)}`,
        template: { ...template, Description },
        assets: referencedAssets(template, assets),
        dependsOn: [name],
      },
    ];
  });
  const written = [...crossings.keys()].sort().map((key) => {
    const crossing = crossings.get(key) as CrossStackReference;
    return writtenParameter({ env, app }, crossing, resourceOf(whole, crossing.id));
  });
  const shared = stackPart(whole, (id) => !at.has(id));
  const template = withoutEmptySections({
    ...shared,
    Description: `${whole.Description}: what its workloads share`,
    ...(whole.Metadata && { Metadata: whole.Metadata }),
    Resources: { ...shared.Resources, ...Object.fromEntries(written) },
  });
  return [{ name, template, assets: referencedAssets(template, assets) }, ...own];
}

const resourceOf = ({ Resources }: Template, id: string): Resource => {
  const found = Resources[id];
  if (found === undefined) throw new Error(`the template refers to ${id} but does not contain it`);
  return found;
};

/** The resources of one stack with their parameters, mappings and outputs. */
function stackPart(whole: Template, isHere: (id: string) => boolean): Template {
  const Resources = Object.fromEntries(
    Object.entries(whole.Resources).flatMap(([id, body]) =>
      isHere(id) ? [[id, withLocalDependencies(body, isHere)]] : [],
    ),
  );
  const Outputs = Object.fromEntries(
    Object.entries(whole.Outputs ?? {}).filter(([, output]) => belongsHere(output, whole, isHere)),
  );
  const names = new Set(referencedIds([Resources, Outputs]));
  const text = JSON.stringify(Resources);
  return {
    AWSTemplateFormatVersion: whole.AWSTemplateFormatVersion,
    Description: whole.Description,
    Parameters: entriesWhere(whole.Parameters, (id) => names.has(id)),
    Mappings: entriesWhere(whole.Mappings, (id) => text.includes(`"Fn::FindInMap":["${id}"`)),
    Resources,
    Outputs,
  };
}

/** The shared stack is deployed first, so no dependency is needed. */
function withLocalDependencies(body: Resource, isHere: (id: string) => boolean): Resource {
  const { DependsOn, ...rest } = body;
  const here = (DependsOn ?? []).filter(isHere);
  return (here.length === 0 ? rest : { ...body, DependsOn: here }) as Resource;
}

/** An output belongs to the stack of the first resource that it refers to, else to the shared stack. */
function belongsHere(output: Output, { Resources }: Template, isHere: (id: string) => boolean): boolean {
  const [first = ''] = referencedIds(output).filter((id) => id in Resources);
  return isHere(first);
}

const entriesWhere = <T>(
  entries: Readonly<Record<string, T>> | undefined,
  keep: (id: string) => boolean,
): Readonly<Record<string, T>> => Object.fromEntries(Object.entries(entries ?? {}).filter(([id]) => keep(id)));

/** Without empty sections, in the usual order. */
function withoutEmptySections({
  AWSTemplateFormatVersion,
  Description,
  Metadata,
  Parameters,
  Mappings,
  Resources,
  Outputs,
}: Template): Template {
  return {
    AWSTemplateFormatVersion,
    Description,
    ...optionalSection('Metadata', Metadata),
    ...optionalSection('Parameters', Parameters),
    ...optionalSection('Mappings', Mappings),
    Resources,
    ...optionalSection('Outputs', Outputs),
  };
}

const referencedAssets = (template: Template, assets: readonly Asset[]): readonly Asset[] => {
  const text = JSON.stringify(template.Resources);
  return assets.filter(({ sha256 }) => text.includes(sha256));
};
