// What `i2kit context` finds, in words and as the context holds it.
import type { FoundBalancer } from '@i2kit/compiler';
import { printable } from '@i2kit/runner';
import type { Demands, FoundServices } from '../aws-ports.ts';
import type { Context } from '../context.ts';
import { exit } from '../exit.ts';
import { report } from '../output/report.ts';
import { sdkOptions } from './connect.ts';
import { guarded } from './failure.ts';
import { lookAround, nowhere } from './guards/outside.ts';

export async function findServices(context: Context, demands: Demands): Promise<FoundServices> {
  let services: FoundServices['services'];
  const code = await guarded(async ({ io, values }) => {
    const around = await lookAround(await sdkOptions(context, demands.region), demands);
    const problems = around.flatMap(([service, found]) => nowhere(service, found) ?? []);
    report(context, await context.compiler(), problems, demands.texts);
    const kept: [string, readonly FoundBalancer[]][] = around.flatMap(([{ namespace, name }, { balancers }]) =>
      balancers.length > 0 ? [[`${namespace}/${name}`, balancers]] : [],
    );
    services = Object.fromEntries(kept);
    if (values.output === 'json') io.stdout.write(`${JSON.stringify({ version: 1, env: demands.options.env, services }, null, 2)}\n`);
    else for (const [name, balancers] of kept) for (const each of balancers) io.stdout.write(`${line(name, each)}\n`);
    if (around.length === 0 && !values.quiet) io.stderr.write('Every Service selects a workload of the input: nothing was looked for.\n');
    return problems.length > 0 ? exit.refused : exit.fine;
  })(context);
  return { code, ...(services && { services }) };
}

const line = (name: string, { dnsName, weight, stack }: FoundBalancer) => printable(`${name}  ${dnsName}  ${stack}  weight ${weight}`);
