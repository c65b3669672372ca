// Refuses DNS names of the stack that belong to something else.

import type { Diagnostic } from '@i2kit/compiler';
import {
  type CloudFormationPort,
  classifyError,
  type DnsRecordSet,
  dnsName,
  dnsRecordsAdapter,
  findRecordConflicts,
  parametersAdapter,
  type RecordConflict,
  recordSetsIn,
  type SdkOptions,
  type StackRecord,
  serviceLookupAdapter,
} from '@i2kit/runner';
import { diagnosticAt } from '../../diagnostic.ts';
import { resourceOriginsIn } from '../resourceOrigins.ts';
import { fetchStackResources } from '../stackResources.ts';

export interface NamedTemplate {
  readonly name: string;
  /** The template's text. */
  readonly template: string;
}

/** An environment that is deployed before the stack: its zones may not be in its parameters yet. */
export interface ZoneSource {
  /** The environment's template. */
  readonly template: string;
  /** The value of its parameter PublicZoneId. */
  readonly publicZoneId?: string;
}

/** Conflicts of a stack's names. */
export async function findStackConflicts(
  sdk: SdkOptions,
  cloudFormation: CloudFormationPort,
  stack: NamedTemplate,
  environment?: ZoneSource,
): Promise<readonly RecordConflict[]> {
  const wanted = recordSetsIn(stack.template, await resolveZones(sdk, stack.template, environment));
  if (wanted.length === 0) return [];
  const names = await dnsRecordsAdapter(sdk);
  try {
    return await findRecordConflicts(names, wanted, await fetchOwnRecords(cloudFormation, stack.name));
  } finally {
    names.close();
  }
}

/** Names that `--take-name` allows to take. The stack's own names are never taken: it has to release them first. */
export const mayTakeOver = ({ wanted, ownedByStack: own }: RecordConflict, given: readonly string[] = []): boolean =>
  !own && given.some((name) => dnsName(name) === wanted.name);

export async function describeNameConflicts(
  sdk: SdkOptions,
  all: readonly RecordConflict[],
  { template }: NamedTemplate,
  source: string,
): Promise<readonly Diagnostic[]> {
  if (all.length === 0) return [];
  const origins = resourceOriginsIn(template);
  const serving = await serviceLookupAdapter(sdk);
  try {
    return await Promise.all(
      all.map(async ({ wanted, found, ownedByStack: own }) => {
        const alias = found.AliasTarget?.DNSName;
        const owner = alias === undefined ? undefined : await serving.findOwner(alias);
        const plain = wanted.name.replace(/\.$/, '');
        const there = `${found.Type} ${recordTarget(found)}${owner === undefined ? '' : `, which is the load balancer of ${owner}`}`;
        const object = origins[wanted.logicalId] ?? wanted.logicalId;
        return own
          ? diagnosticAt(
              'I2K764',
              `${object} needs ${recordForm(wanted)} at ${plain}, where the stack itself has ${there}`,
              {
                source,
                hint: `Apply once without ${object}, then with it: DNS does not allow both at the same name.`,
              },
            )
          : diagnosticAt(
              'I2K764',
              `${object} needs ${recordForm(wanted)} at ${plain}, which does not belong to this stack: it is ${there}`,
              {
                source,
                hint: `Rename the object, delete the record, or pass --take-name ${plain} to have it removed before the stack creates its own.`,
              },
            );
      }),
    );
  } finally {
    serving.close();
  }
}

const recordForm = ({ type, set }: RecordConflict['wanted']) =>
  `${type === 'A' || type === 'AAAA' ? 'an' : 'a'} ${type} record${set === undefined ? '' : ' (weighted)'}`;

const recordTarget = ({ AliasTarget, ResourceRecords = [], SetIdentifier }: DnsRecordSet): string => {
  const to = AliasTarget
    ? `alias to ${AliasTarget.DNSName ?? ''}`
    : ResourceRecords.map(({ Value }) => Value).join(', ');
  return SetIdentifier === undefined ? to : `weighted, ${to}`;
};

interface ZoneParameters {
  readonly Parameters?: Readonly<Record<string, { readonly Type?: string; readonly Default?: string } | undefined>>;
}

/**
 * Resolves the zones of records: an id as it is, or the parameter that passes it. A zone that does not exist yet has
 * no records.
 */
async function resolveZones(
  sdk: SdkOptions,
  template: string,
  environment: ZoneSource | undefined,
): Promise<(id: unknown) => string | undefined> {
  const { Parameters = {} } = JSON.parse(template) as ZoneParameters;
  const coming = environment && passedZonesIn(environment);
  const port = await parametersAdapter(sdk);
  try {
    const known = new Map<string, string>();
    for (const [name, parameter] of Object.entries(Parameters)) {
      if (!/Zone/.test(name) || parameter?.Default === undefined) continue;
      const { Type, Default } = parameter;
      const value = Type?.startsWith('AWS::SSM::') ? (coming?.get(Default) ?? (await port.get(Default))) : Default;
      if (value !== undefined) known.set(name, value);
    }
    return (id) => (typeof id === 'string' ? id : known.get(String(Object(id).Ref)));
  } finally {
    port.close();
  }
}

interface EnvironmentTemplate {
  readonly Resources?: Readonly<
    Record<
      string,
      { readonly Type?: string; readonly Properties?: { readonly Name?: unknown; readonly Value?: unknown } }
    >
  >;
}

/** Ids by the name of the parameter that will pass them, as far as they are known before the deployment. */
function passedZonesIn({ template, publicZoneId }: ZoneSource): ReadonlyMap<string, string> {
  const { Resources = {} } = JSON.parse(template) as EnvironmentTemplate;
  const passed = new Map<string, string>();
  for (const { Type, Properties: { Name, Value } = {} } of Object.values(Resources)) {
    if (Type !== 'AWS::SSM::Parameter' || typeof Name !== 'string') continue;
    const id = typeof Value === 'string' ? Value : Object(Value).Ref === 'PublicZoneId' ? publicZoneId : undefined;
    if (id !== undefined) passed.set(Name, id);
  }
  return passed;
}

/** The records of the deployed template; empty if there is no stack. */
async function fetchOwnRecords(port: CloudFormationPort, StackName: string): Promise<readonly StackRecord[]> {
  try {
    const { TemplateBody = '{}' } = await port.getTemplate({ StackName, TemplateStage: 'Original' });
    const recorded = recordSetsIn(TemplateBody, () => '');
    const alive = new Set<string>();
    for (const each of await fetchStackResources(port, StackName)) {
      if (each.PhysicalResourceId && each.ResourceStatus !== 'DELETE_COMPLETE') alive.add(each.LogicalResourceId ?? '');
    }
    return recorded.filter(({ logicalId }) => alive.has(logicalId));
  } catch (error) {
    if (classifyError(error)?.kind === 'absent' || error instanceof SyntaxError) return [];
    throw error;
  }
}
