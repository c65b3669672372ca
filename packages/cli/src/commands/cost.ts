// `i2kit cost`: what the manifests cost a month at list price, object by object.

import { loadBase } from '../comparison/base.ts';
import { reviewsOf } from '../comparison/reviews.ts';
import { compileOrReport, noStacks } from '../comparison/stacks.ts';
import type { Command, Context } from '../context.ts';
import { type ExitCode, exit } from '../exit.ts';
import { awsFlags, compileFlags, inputFlags } from './shared/flagGroups.ts';

const costFormats = ['text', 'json'] as const;

export const cost: Command = {
  usage: 'cost -f FILE …',
  summary: 'Estimate what manifests cost a month, and with --against what a change of them does',
  description:
    'Adds up list prices of a dated table: machines, disks, load balancers, addresses. What depends on use (traffic, requests, logs) is left out, and\n' +
    'what has no known price is said. Needs no account, unless it is --against stack.',
  flags: [...inputFlags, ...compileFlags, 'against', 'output', ...awsFlags],
  outputFormats: costFormats,
  examples: [
    ['cost -f manifests/ --region eu-west-1', 'By object, the dearest first'],
    ['cost -f manifests/ --against git:origin/main', 'And what another branch makes of it'],
    ['cost -f manifests/ -o json', 'For programs'],
  ],
  run,
};

async function run(context: Context): Promise<ExitCode> {
  const { io, values } = context;
  const compiled = await compileOrReport(context);
  if (!compiled) return exit.input;
  const { region } = compiled;
  if (region === undefined) {
    io.stderr.write('error: Prices are those of a region: give --region, or set region in i2kit.yaml.\n');
    return exit.input;
  }
  const base = values.against === undefined ? noStacks : await loadBase(context, values.against, compiled);
  if ('exit' in base) return base.exit;
  const reviewer = await context.reviewer();
  const estimates = reviewsOf(reviewer, base, compiled).flatMap((review) => reviewer.stackCostOf(review) ?? []);
  const options = { region, compared: values.against !== undefined };
  const json = () => `${JSON.stringify(reviewer.costJson(estimates, options), null, 2)}\n`;
  io.stdout.write(values.output === 'json' ? json() : reviewer.costText(estimates, options));
  return exit.fine;
}
