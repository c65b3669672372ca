// `i2kit cost`: the monthly list price of the manifests, by object.

import { success } from '@i2kit/common';
import { loadBase } from '../comparison/base.ts';
import { reviewsOf } from '../comparison/reviews.ts';
import { compileOrReport, noStacks } from '../comparison/stacks.ts';
import type { Command, Context } from '../context.ts';
import { type ExitCode, exit } from '../exit.ts';
import { awsFlags, compileFlags, inputFlags } from './shared/flagGroups.ts';

const costFormats = ['text', 'json'] as const;

export const cost: Command = {
  usage: 'cost -f FILE …',
  summary: 'Estimate the monthly cost of manifests, and with --against the difference',
  description:
    'Adds up dated list prices of machines, volumes, load balancers and addresses. Usage-based costs (traffic, ' +
    'requests, logs) are left out; resources without a known price are listed. Needs no account, except with ' +
    '--against stack.',
  flags: [...inputFlags, ...compileFlags, 'against', 'output', ...awsFlags],
  outputFormats: costFormats,
  examples: [
    ['cost -f manifests/ --region eu-west-1', 'By object, most expensive first'],
    ['cost -f manifests/ --against git:origin/main', 'With the difference from another branch'],
    ['cost -f manifests/ -o json', 'For programs'],
  ],
  run,
};

async function run(context: Context): Promise<ExitCode> {
  const { io, values } = context;
  const compiled = await compileOrReport(context);
  if (!compiled.ok) return compiled.problems[0];
  const { region } = compiled.value;
  if (region === undefined) {
    io.stderr.write('error: Prices depend on the region. Pass --region, or set region in i2kit.yaml.\n');
    return exit.input;
  }
  const base =
    values.against === undefined ? success(noStacks) : await loadBase(context, values.against, compiled.value);
  if (!base.ok) return base.problems[0];
  const reviewer = await context.reviewer();
  const estimates = reviewsOf(reviewer, base.value, compiled.value).flatMap(
    (review) => reviewer.stackCostOf(review) ?? [],
  );
  const options = { region, compared: values.against !== undefined };
  const json = () => `${JSON.stringify(reviewer.costJson(estimates, options), null, 2)}\n`;
  io.stdout.write(values.output === 'json' ? json() : reviewer.costText(estimates, options));
  return exit.fine;
}
