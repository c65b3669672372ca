// Checks a change against the account before anything is written, and reports all problems at once.
import type { Diagnostic } from '@i2kit/compiler';
import type { Context } from '../../context.ts';
import { type ExitCode, exit } from '../../exit.ts';
import { type Change, type GuardName, isGuarded } from '../../guardTable.ts';
import { reportDiagnostics } from '../../output/diagnostics.ts';
import type { DesiredStack, Owner, Requirements } from '../../ports/aws.ts';
import { type Connection, connect } from '../connection.ts';
import { findPublicZoneId } from '../lookups/accountResources.ts';
import {
  describeNameConflicts,
  findStackConflicts,
  mayTakeOver,
  type NamedTemplate,
  type ZoneSource,
} from './dnsNames.ts';
import { checkExternalServices } from './externalServices.ts';
import { checkSecrets } from './secrets.ts';
import { checkServiceVariables } from './serviceVariables.ts';
import { checkTemplateSecrets } from './templateSecrets.ts';

/** The stacks that a change deploys: with their input, or from a saved review or a revision. */
export interface GuardSubject {
  readonly stacks: readonly NamedTemplate[];
  /** Shown by diagnostics that point into no input, e.g. `revision 3`. */
  readonly source: string;
  readonly owner?: Owner | undefined;
  readonly input?: Pick<Requirements, 'options' | 'plan'>;
  readonly variables?: DesiredStack['variables'];
  /** The environment that the same change deploys. */
  readonly environment?: ZoneSource | undefined;
}

type AccountGuard = (context: Context, connection: Connection, subject: GuardSubject) => Promise<readonly Diagnostic[]>;

/** The guards of the table that read the account, besides the stack itself. */
const accountGuards = {
  secrets: async (context, { options, bucket }, { input, stacks, owner, source }) =>
    input
      ? checkSecrets(options, input)
      : checkTemplateSecrets(context, options, stacks, { source, bucket: async () => owner && bucket(owner.env) }),
  externalServices: async (_, { options }, { input }) => (input ? checkExternalServices(options, input) : []),
  serviceVariables: async (_, { options }, { owner, variables, source }) =>
    owner?.app === undefined || !variables
      ? []
      : checkServiceVariables(options, { env: owner.env, app: owner.app, variables, source }),
  dnsNames: async ({ values }, { options, clients }, { stacks, source, environment }) => {
    const all = stacks.map(async (stack) => {
      const conflicts = await findStackConflicts(options, clients.cloudFormation, stack, environment);
      const refused = conflicts.filter((each) => !mayTakeOver(each, values['take-name']));
      return describeNameConflicts(options, refused, stack, source);
    });
    return (await Promise.all(all)).flat();
  },
} as const satisfies Partial<Record<GuardName, AccountGuard>>;

export async function findAccountProblems(
  context: Context,
  connection: Connection,
  change: Change,
  subject: GuardSubject,
): Promise<readonly Diagnostic[]> {
  const names = (Object.keys(accountGuards) as (keyof typeof accountGuards)[]).filter((name) =>
    isGuarded(name, change),
  );
  return (await Promise.all(names.map((name) => accountGuards[name](context, connection, subject)))).flat();
}

/** The same for compiled input, reported. */
export async function checkAccount(context: Context, change: Change, demands: Requirements): Promise<ExitCode> {
  const connection = await connect(context, demands.region);
  try {
    const { options, plan, stacks, environment } = demands;
    const problems = await findAccountProblems(context, connection, change, {
      stacks: stacks.map(({ name, template }) => ({ name, template: JSON.stringify(template) })),
      source: '-f',
      owner: { env: options.env, app: options.app },
      input: demands,
      variables: plan.serviceVariables,
      environment: environment && (await zoneSourceOf(context, connection, environment)),
    });
    reportDiagnostics(context, await context.compiler(), problems, demands.texts);
    return problems.length > 0 ? exit.refused : exit.fine;
  } finally {
    connection.close();
  }
}

/** The zones of an environment that may not exist yet. A public zone that is not found is reported by its review. */
async function zoneSourceOf(
  { values }: Context,
  { options }: Connection,
  { template, publicZone }: DesiredStack,
): Promise<ZoneSource> {
  const given = values['public-zone-id'];
  if (given !== undefined) return { template, publicZoneId: given };
  if (publicZone === undefined) return { template };
  const found = await findPublicZoneId(options, publicZone);
  return { template, ...(found.ok && { publicZoneId: found.value }) };
}
