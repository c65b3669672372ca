// What the account has against an input, told at once and before anything is written.
import type { Demands } from '../aws-ports.ts';
import type { Context } from '../context.ts';
import { type Exit, exit } from '../exit.ts';
import { report } from '../output/report.ts';
import { connect } from './connect.ts';
import { mayTake, nameConflicts, nameProblems } from './guards/names.ts';
import { outsideProblems } from './guards/outside.ts';
import { secretProblems } from './guards/secrets.ts';
import { variableProblems } from './guards/variables.ts';

export async function guard(context: Context, demands: Demands): Promise<Exit> {
  const connection = await connect(context, demands.region);
  try {
    const { options, clients } = connection;
    const names = demands.stacks.map(async ({ name, template }) => {
      const stack = { name, template: JSON.stringify(template) };
      const conflicts = await nameConflicts(options, clients.cloudFormation, stack);
      return nameProblems(
        options,
        conflicts.filter((each) => !mayTake(each, context.values['take-name'])),
        stack,
      );
    });
    const all = await Promise.all([
      secretProblems(options, demands),
      outsideProblems(options, demands),
      variableProblems(options, demands),
      ...names,
    ]);
    const problems = all.flat();
    report(context, await context.compiler(), problems, demands.texts);
    return problems.length > 0 ? exit.refused : exit.fine;
  } finally {
    connection.close();
  }
}
