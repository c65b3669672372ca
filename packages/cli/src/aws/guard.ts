// What the account has against an input, told at once and before anything is written.
import type { Demands } from '../aws-ports.ts';
import type { Context } from '../context.ts';
import { type Exit, exit } from '../exit.ts';
import { report } from '../output/report.ts';
import { sdkOptions } from './connect.ts';
import { secretProblems } from './guards/secrets.ts';

export async function guard(context: Context, demands: Demands): Promise<Exit> {
  const options = await sdkOptions(context, demands.region);
  const problems = await secretProblems(options, demands);
  report(context, await context.compiler(), problems, demands.texts);
  return problems.length > 0 ? exit.refused : exit.fine;
}
