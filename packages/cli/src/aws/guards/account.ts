// Checks an input against the account before anything is written, and reports all problems at once.

import type { Context } from '../../context.ts';
import { type ExitCode, exit } from '../../exit.ts';
import { reportDiagnostics } from '../../output/diagnostics.ts';
import type { Requirements } from '../../ports/aws.ts';
import { connect } from '../connection.ts';
import { describeNameConflicts, findStackConflicts, mayTakeOver } from './dnsNames.ts';
import { checkExternalServices } from './externalServices.ts';
import { checkSecrets } from './secrets.ts';
import { checkServiceVariables } from './serviceVariables.ts';

export async function checkAccount(context: Context, demands: Requirements): Promise<ExitCode> {
  const connection = await connect(context, demands.region);
  try {
    const { options, clients } = connection;
    const names = demands.stacks.map(async ({ name, template }) => {
      const stack = { name, template: JSON.stringify(template) };
      const conflicts = await findStackConflicts(options, clients.cloudFormation, stack);
      return describeNameConflicts(
        options,
        conflicts.filter((each) => !mayTakeOver(each, context.values['take-name'])),
        stack,
      );
    });
    const all = await Promise.all([
      checkSecrets(options, demands),
      checkExternalServices(options, demands),
      checkServiceVariables(options, demands),
      ...names,
    ]);
    const problems = all.flat();
    reportDiagnostics(context, await context.compiler(), problems, demands.texts);
    return problems.length > 0 ? exit.refused : exit.fine;
  } finally {
    connection.close();
  }
}
