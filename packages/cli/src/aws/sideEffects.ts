// Changes outside the stack: DNS names taken over, service variables, and the negative-caching time of zones.

import type { Problem } from '@i2kit/common';
import {
  type CloudFormationPort,
  type DesiredVariables,
  type DnsRecordsPort,
  dnsRecordsAdapter,
  parametersAdapter,
  printable,
  publishVariables,
  type RemovedRecords,
  readServiceVariables,
  removeConflictingRecords,
  type SdkOptions,
  setNegativeCacheTtl,
} from '@i2kit/runner';
import type { Context } from '../context.ts';
import { type ExitCode, exit } from '../exit.ts';
import type { DesiredStack } from '../ports/aws.ts';
import type { Connection } from './connection.ts';
import { findStackConflicts, mayTakeOver, type ZoneSource } from './guards/dnsNames.ts';
import { fetchStackResources } from './stackResources.ts';

/** A former revision may lack its service variables: those of the last `apply` stay. */
type ChangedStack = Pick<DesiredStack, 'stackName' | 'template'> &
  Partial<Pick<DesiredStack, 'owner' | 'variables'>> & { readonly environment?: ZoneSource | undefined };

/**
 * Runs `act`, which changes the stack, between the steps that machines need at boot and the steps that need the
 * stack.
 */
export async function withSideEffects(
  context: Context,
  { clients, options }: Connection,
  wanted: ChangedStack,
  act: () => Promise<ExitCode>,
): Promise<ExitCode> {
  return withServiceVariables(context, options, wanted, () =>
    withDnsNames(context, options, clients.cloudFormation, wanted, act),
  );
}

/** Machines read the variables at boot: they are written before `act`, and restored if `act` was refused. */
export async function withServiceVariables(
  context: Context,
  sdk: SdkOptions,
  { owner, variables }: Partial<Pick<ChangedStack, 'owner' | 'variables'>>,
  act: () => Promise<ExitCode>,
): Promise<ExitCode> {
  if (owner?.app === undefined || !variables) return act();
  const { env, app } = owner;
  const port = await parametersAdapter(sdk);
  const before = await readServiceVariables(port, env, app).finally(() => port.close());
  await publishOrWarn(context, sdk, { env, app, variables });
  const code = await act();
  if (code === exit.refused) await publishOrWarn(context, sdk, { env, app, variables: before });
  return code;
}

async function withDnsNames(
  context: Context,
  options: SdkOptions,
  cloudFormation: CloudFormationPort,
  wanted: ChangedStack,
  act: () => Promise<ExitCode>,
): Promise<ExitCode> {
  const names = context.values['take-name'] === undefined ? undefined : await dnsRecordsAdapter(options);
  try {
    const taken = names && (await takeOverNames(context, options, names, cloudFormation, wanted));
    const code = await act();
    if (code === exit.failed || code === exit.refused) await taken?.restore();
    if (code !== exit.fine || context.values.detach) return code;
    const [problem] = await updateNegativeCaching(options, cloudFormation, wanted);
    if (!problem) return code;
    context.io.stderr.write(`error: ${printable(problem.message)}\n`);
    return exit.failed;
  } finally {
    names?.close();
  }
}

/** Deletes the records that `--take-name` allows, immediately before the stack creates its own. */
async function takeOverNames(
  { io, values }: Context,
  sdk: SdkOptions,
  names: DnsRecordsPort,
  cloudFormation: CloudFormationPort,
  { stackName: name, template, environment }: ChangedStack,
): Promise<RemovedRecords> {
  const found = await findStackConflicts(sdk, cloudFormation, { name, template }, environment);
  const conflicts = found.filter((each) => mayTakeOver(each, values['take-name']));
  // Printed exactly, so that they can be restored by hand.
  for (const { found } of conflicts)
    io.stderr.write(`${printable(`Taking over ${found.Name ?? ''}: ${JSON.stringify(found)}`)}\n`);
  return removeConflictingRecords(names, conflicts);
}

/** Writes the variables that machines read at boot; warns if concurrent runs keep overwriting them. */
export async function publishOrWarn(
  { io }: Pick<Context, 'io'>,
  sdk: SdkOptions,
  wanted: DesiredVariables,
): Promise<void> {
  const port = await parametersAdapter(sdk);
  try {
    if (await publishVariables(port, wanted)) return;
    io.stderr.write(`warning: The service variables of ${wanted.env} kept changing; run apply again.\n`);
  } finally {
    port.close();
  }
}

interface ZoneResources {
  readonly Resources?: Readonly<
    Record<
      string,
      { readonly Metadata?: Readonly<Record<string, unknown>>; readonly Properties?: { readonly Name?: unknown } }
    >
  >;
}

/** Sets the negative-caching time of zones, which no template property can set (see `dnsRecords` of the environment). */
async function updateNegativeCaching(
  sdk: SdkOptions,
  cloudFormation: CloudFormationPort,
  { stackName, template }: ChangedStack,
): Promise<readonly Problem[]> {
  const { Resources = {} } = JSON.parse(template) as ZoneResources;
  const zones = Object.entries(Resources).flatMap(([id, { Metadata, Properties }]) => {
    const seconds = Metadata?.['i2kit:negative-caching-seconds'];
    return typeof seconds === 'number' && typeof Properties?.Name === 'string'
      ? [{ id, seconds, name: Properties.Name }]
      : [];
  });
  if (zones.length === 0) return [];
  const made = await fetchPhysicalIds(cloudFormation, stackName);
  const port = await dnsRecordsAdapter(sdk);
  try {
    for (const { id, seconds, name } of zones) {
      const zone = made.get(id);
      const done = zone === undefined ? undefined : await setNegativeCacheTtl(port, zone, name, seconds);
      if (done?.ok === false) return done.problems;
    }
    return [];
  } finally {
    port.close();
  }
}

async function fetchPhysicalIds(port: CloudFormationPort, StackName: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const { LogicalResourceId = '', PhysicalResourceId = '' } of await fetchStackResources(port, StackName))
    found.set(LogicalResourceId, PhysicalResourceId);
  return found;
}
