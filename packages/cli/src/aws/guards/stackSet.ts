// Checks the requirements of a stack set in the accounts and regions that it reaches: looks them up in the own
// account, lists them for others.
import { listText } from '@i2kit/common';
import type { Diagnostic } from '@i2kit/compiler';
import { printable } from '@i2kit/runner';
import type { DesiredStackSet } from '../../config/stacks.ts';
import type { Context } from '../../context.ts';
import { type ExitCode, exit } from '../../exit.ts';
import { reportDiagnostics } from '../../output/diagnostics.ts';
import type { Requirements } from '../../ports/aws.ts';
import { connect } from '../connection.ts';
import { findAccountProblems } from './account.ts';

export async function checkStackSetAccounts(
  context: Context,
  demands: Requirements,
  { regions, targets }: DesiredStackSet,
): Promise<ExitCode> {
  const needs = requirementTexts(demands);
  if (needs.length === 0) return exit.fine;
  const own = await fetchAccountId(context, demands);
  const isOurs = 'accounts' in targets && targets.accounts.includes(own);
  const problems = isOurs
    ? (await Promise.all(regions.map((region) => findProblemsIn(context, demands, region)))).flat()
    : [];
  reportDiagnostics(context, await context.compiler(), problems, demands.texts);
  if (problems.length > 0) return exit.refused;
  const others = 'accounts' in targets ? targets.accounts.filter((each) => each !== own) : targets.units;
  if (others.length > 0 && !context.values.quiet)
    context.io.stderr.write(`${printable(uncheckedWarning(others, regions, needs))}\n`);
  return exit.fine;
}

const uncheckedWarning = (others: readonly string[], regions: readonly string[], needs: readonly string[]): string =>
  `warning: Cannot check ${listText(others)} without ${others.length === 1 ? 'its' : 'their'} own credentials. Each needs, in ${listText(regions)}: ${listText(needs)}.`;

/** The resources outside the stack that machines read, as text. */
function requirementTexts({ plan, options }: Requirements): readonly string[] {
  const secrets = plan.groups.flatMap((group) => group.secrets.filter(({ optional }) => !optional));
  const names = [...new Set(secrets.map(({ namespace, name }) => `i2kit/${options.env}/${namespace}/${name}`))].sort();
  const variables = Object.keys(plan.serviceVariables).sort();
  return [
    ...names.map((name) => `the secret ${name}`),
    ...plan.externalServices.map(({ namespace, name }) => `the load balancers of Service/${namespace}/${name}`),
    ...variables.map(
      (namespace) =>
        `the parameter /i2kit/${options.env}/services/${namespace}, which \`apply\` writes for a single stack only`,
    ),
  ];
}

async function fetchAccountId(context: Context, { region }: Requirements): Promise<string> {
  const { clients, close } = await connect(context, region);
  try {
    return (await clients.identity.getCallerIdentity()).Account ?? '';
  } finally {
    close();
  }
}

async function findProblemsIn(context: Context, demands: Requirements, region: string): Promise<readonly Diagnostic[]> {
  const connection = await connect(context, region);
  const subject = { stacks: [], source: '-f', input: demands };
  try {
    const found = await findAccountProblems(context, connection, 'apply --regions', subject);
    return found.map((each) => ({ ...each, message: `${each.message} (${region})` }));
  } finally {
    connection.close();
  }
}
