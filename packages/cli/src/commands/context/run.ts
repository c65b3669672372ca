// Runs `i2kit context`: prints the targets and writes the context file.
import type { ExternalLoadBalancer } from '@i2kit/compiler';
import { printable } from '@i2kit/runner';
import { resolveSdkOptions } from '../../aws/connection.ts';
import { reportingAwsErrors } from '../../aws/failures.ts';
import { findExternalServices, unreachableDiagnostics } from '../../aws/guards/externalServices.ts';
import type { Context } from '../../context.ts';
import { exit } from '../../exit.ts';
import { reportDiagnostics } from '../../output/diagnostics.ts';
import type { ExternalServicesResult, Requirements } from '../../ports/aws.ts';

export async function findServices(context: Context, demands: Requirements): Promise<ExternalServicesResult> {
  let services: ExternalServicesResult['services'];
  const code = await reportingAwsErrors(async ({ io, values }) => {
    const around = await findExternalServices(await resolveSdkOptions(context, demands.region), demands);
    const problems = around.flatMap(([service, found]) => unreachableDiagnostics(service, found));
    reportDiagnostics(context, await context.compiler(), problems, demands.texts);
    const kept: [string, readonly ExternalLoadBalancer[]][] = around.flatMap(([{ namespace, name }, { balancers }]) =>
      balancers.length > 0 ? [[`${namespace}/${name}`, balancers]] : [],
    );
    services = Object.fromEntries(kept);
    if (values.output === 'json')
      io.stdout.write(`${JSON.stringify({ version: 1, env: demands.options.env, services }, null, 2)}\n`);
    else
      for (const [name, balancers] of kept)
        for (const each of balancers) io.stdout.write(`${serviceLine(name, each)}\n`);
    if (around.length === 0 && !values.quiet)
      io.stderr.write('Every Service selects a workload of the input; there is nothing to look up.\n');
    return problems.length > 0 ? exit.refused : exit.fine;
  })(context);
  return { code, ...(services && { services }) };
}

const serviceLine = (name: string, { dnsName, weight, stack }: ExternalLoadBalancer) =>
  printable(`${name}  ${dnsName}  ${stack}  weight ${weight}`);
