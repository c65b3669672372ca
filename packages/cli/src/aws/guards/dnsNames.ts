// DNS names that the stack would take and something else has.
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

interface NamedTemplate {
  readonly name: string;
  /** The template's text. */
  readonly template: string;
}

/** What stands in the way of a stack's names. */
export async function findStackConflicts(
  sdk: SdkOptions,
  cloudFormation: CloudFormationPort,
  stack: NamedTemplate,
): Promise<readonly RecordConflict[]> {
  const wanted = recordSetsIn(stack.template, await resolveZones(sdk, stack.template));
  if (wanted.length === 0) return [];
  const names = await dnsRecordsAdapter(sdk);
  try {
    return await findRecordConflicts(names, wanted, await fetchOwnRecords(cloudFormation, stack.name));
  } finally {
    names.close();
  }
}

/** Those that `--take-name` gives leave to. The stack's own are never taken: it has to let go of them first. */
export const mayTakeOver = ({ wanted, ownedByStack: own }: RecordConflict, given: readonly string[] = []): boolean =>
  !own && given.some((name) => dnsName(name) === wanted.name);

export async function describeNameConflicts(
  sdk: SdkOptions,
  all: readonly RecordConflict[],
  { template }: NamedTemplate,
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
              `${object} would have ${recordForm(wanted)} at ${plain}, where the stack itself has ${there}`,
              {
                source: '-f',
                hint: `apply once without ${object}, and then with it: DNS lets the two not stand side by side`,
              },
            )
          : diagnosticAt(
              'I2K764',
              `${object} would have ${recordForm(wanted)} at ${plain}, which is not this stack's: it is ${there}`,
              {
                source: '-f',
                hint: `rename the object, delete the record, or say --take-name ${plain}, and it is removed before the stack makes its own`,
              },
            );
      }),
    );
  } finally {
    serving.close();
  }
}

const recordForm = ({ type, set }: RecordConflict['wanted']) =>
  `${type === 'A' || type === 'AAAA' ? 'an' : 'a'} ${type} record${set === undefined ? '' : ' by weight'}`;

const recordTarget = ({ AliasTarget, ResourceRecords = [], SetIdentifier }: DnsRecordSet): string => {
  const to = AliasTarget
    ? `alias to ${AliasTarget.DNSName ?? ''}`
    : ResourceRecords.map(({ Value }) => Value).join(', ');
  return SetIdentifier === undefined ? to : `by weight, ${to}`;
};

interface ZoneParameters {
  readonly Parameters?: Readonly<Record<string, { readonly Type?: string; readonly Default?: string } | undefined>>;
}

/** Resolves the zones of records: an id as it is, or the parameter that hands it over. One that is not there yet has no records. */
async function resolveZones(sdk: SdkOptions, template: string): Promise<(id: unknown) => string | undefined> {
  const { Parameters = {} } = JSON.parse(template) as ZoneParameters;
  const port = await parametersAdapter(sdk);
  try {
    const known = new Map<string, string>();
    for (const [name, parameter] of Object.entries(Parameters)) {
      if (!/Zone/.test(name) || parameter?.Default === undefined) continue;
      const value = parameter.Type?.startsWith('AWS::SSM::') ? await port.get(parameter.Default) : parameter.Default;
      if (value !== undefined) known.set(name, value);
    }
    return (id) => (typeof id === 'string' ? id : known.get(String(Object(id).Ref)));
  } finally {
    port.close();
  }
}

/** Of the template that the stack has now, the records that it made; none where there is no stack. */
async function fetchOwnRecords(port: CloudFormationPort, StackName: string): Promise<readonly StackRecord[]> {
  try {
    const { TemplateBody = '{}' } = await port.getTemplate({ StackName, TemplateStage: 'Original' });
    const recorded = recordSetsIn(TemplateBody, () => '');
    const alive = new Set<string>();
    let next: string | undefined;
    do {
      const page = await port.listStackResources({ StackName, ...(next ? { NextToken: next } : {}) });
      for (const each of page.StackResourceSummaries ?? []) {
        if (each.PhysicalResourceId && each.ResourceStatus !== 'DELETE_COMPLETE')
          alive.add(each.LogicalResourceId ?? '');
      }
      next = page.NextToken;
    } while (next);
    return recorded.filter(({ logicalId }) => alive.has(logicalId));
  } catch (error) {
    if (classifyError(error)?.kind === 'absent' || error instanceof SyntaxError) return [];
    throw error;
  }
}
