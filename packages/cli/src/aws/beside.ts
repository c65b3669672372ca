// What is done in the account beside a stack: names taken over, service variables, and how long a zone's absent names are remembered.
import {
  type CloudFormationPort,
  type NamesPort,
  namesPort,
  parametersPort,
  printable,
  publishVariables,
  type SdkOptions,
  setNegativeCaching,
  type TakenNames,
  takeNames,
  variablesOf,
  type WantedVariables,
} from '@i2kit/runner';
import type { Wanted } from '../aws-ports.ts';
import type { Context } from '../context.ts';
import { type Exit, exit } from '../exit.ts';
import type { Connection } from './connect.ts';
import { mayTake, nameConflicts } from './guards/names.ts';

/** A stack as it once was may have been kept without its variables: those of the last `apply` stay. */
type Stack = Pick<Wanted, 'stackName' | 'template'> & Partial<Pick<Wanted, 'owner' | 'variables'>>;

/** Does `act`, which changes the stack, between what has to be done before machines boot and what can be done once it is there. */
export async function withBeside(
  context: Context,
  { clients, options }: Connection,
  wanted: Stack,
  act: () => Promise<Exit>,
): Promise<Exit> {
  return withVariables(context, options, wanted, () => withNames(context, options, clients.cloudFormation, wanted, act));
}

/** Machines read variables when they boot: they are there before `act`, and as they were where that was refused. */
export async function withVariables(
  context: Context,
  sdk: SdkOptions,
  { owner, variables }: Pick<Stack, 'owner' | 'variables'>,
  act: () => Promise<Exit>,
): Promise<Exit> {
  if (owner?.app === undefined || !variables) return act();
  const { env, app } = owner;
  const port = await parametersPort(sdk);
  const before = await variablesOf(port, env, app).finally(() => port.close());
  await publish(context, sdk, { env, app, variables });
  const code = await act();
  if (code === exit.refused) await publish(context, sdk, { env, app, variables: before });
  return code;
}

async function withNames(
  context: Context,
  options: SdkOptions,
  cloudFormation: CloudFormationPort,
  wanted: Stack,
  act: () => Promise<Exit>,
): Promise<Exit> {
  const names = context.values['take-name'] === undefined ? undefined : await namesPort(options);
  try {
    const taken = names && (await takenNames(context, options, names, cloudFormation, wanted));
    const code = await act();
    if (code === exit.failed || code === exit.refused) await taken?.giveBack();
    const wrong = code === exit.fine && !context.values.detach ? await settleZones(options, cloudFormation, wanted) : undefined;
    if (wrong === undefined) return code;
    context.io.stderr.write(`error: ${printable(wrong)}\n`);
    return exit.failed;
  } finally {
    names?.close();
  }
}

/** Removes the records that `--take-name` gives leave to, last before the stack makes its own. */
async function takenNames(
  { io, values }: Context,
  sdk: SdkOptions,
  names: NamesPort,
  cloudFormation: CloudFormationPort,
  { stackName: name, template }: Stack,
): Promise<TakenNames> {
  const conflicts = (await nameConflicts(sdk, cloudFormation, { name, template })).filter((each) => mayTake(each, values['take-name']));
  // To the letter, so that a hand can put them back.
  for (const { found } of conflicts) io.stderr.write(`${printable(`Taking over ${found.Name ?? ''}: ${JSON.stringify(found)}`)}\n`);
  return takeNames(names, conflicts);
}

/** Writes the variables that machines read when they boot; says so where other runs never let it end. */
export async function publish({ io }: Pick<Context, 'io'>, sdk: SdkOptions, wanted: WantedVariables): Promise<void> {
  const port = await parametersPort(sdk);
  try {
    if (await publishVariables(port, wanted)) return;
    io.stderr.write(`warning: the service variables of ${wanted.env} were being changed all the time; apply again.\n`);
  } finally {
    port.close();
  }
}

interface Loose {
  readonly Resources?: Readonly<
    Record<string, { readonly Metadata?: Readonly<Record<string, unknown>>; readonly Properties?: { readonly Name?: unknown } }>
  >;
}

/** What is wrong, if anything is. Zones whose template says how long a name's absence is remembered: no property of a template can (see `names.ts` of the environment). */
async function settleZones(
  sdk: SdkOptions,
  cloudFormation: CloudFormationPort,
  { stackName, template }: Stack,
): Promise<string | undefined> {
  const { Resources = {} } = JSON.parse(template) as Loose;
  const zones = Object.entries(Resources).flatMap(([id, { Metadata, Properties }]) => {
    const seconds = Metadata?.['i2kit:negative-caching-seconds'];
    return typeof seconds === 'number' && typeof Properties?.Name === 'string' ? [{ id, seconds, name: Properties.Name }] : [];
  });
  if (zones.length === 0) return undefined;
  const made = await physicalIds(cloudFormation, stackName);
  const port = await namesPort(sdk);
  try {
    for (const { id, seconds, name } of zones) {
      const zone = made.get(id);
      const done = zone === undefined ? 'unchanged' : await setNegativeCaching(port, zone, name, seconds);
      if (typeof done !== 'string') return done.wrong;
    }
    return undefined;
  } finally {
    port.close();
  }
}

async function physicalIds(port: CloudFormationPort, StackName: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  let next: string | undefined;
  do {
    const page = await port.listStackResources({ StackName, ...(next ? { NextToken: next } : {}) });
    for (const { LogicalResourceId = '', PhysicalResourceId = '' } of page.StackResourceSummaries ?? [])
      found.set(LogicalResourceId, PhysicalResourceId);
    next = page.NextToken;
  } while (next);
  return found;
}
