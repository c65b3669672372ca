// DNS names in a zone of another account: reviewed with the stack, written after it, removed before its deletion.
import { compareText, failure, type Outcome, success } from '@i2kit/common';
import {
  aliasTargetsOf,
  type Clients,
  type CrossAccountNames,
  crossAccountNamesIn,
  type DnsRecordsPlan,
  exitCodeOf,
  type HostedZoneAdapter,
  hostedZoneAdapter,
  printable,
  type RunOptions,
  reviewDnsRecords,
  type SdkOptions,
  writeDnsRecords,
} from '@i2kit/runner';
import type { Context } from '../context.ts';
import { type ExitCode, exit } from '../exit.ts';
import { renderRun } from './renderEvents.ts';

export interface CrossAccountRecords {
  /** Text for the review, or an error if a name belongs to another owner. */
  review(run: RunOptions): Promise<Outcome<string>>;
  /** With the outputs of the deployed stack; without outputs, all records of the stack are removed. */
  write(context: Context, run: RunOptions, outputs: Readonly<Record<string, string>> | undefined): Promise<ExitCode>;
  /** Each name of the stack and its state. */
  status(outputs: Readonly<Record<string, string>>): Promise<readonly RecordStatus[]>;
  close(): void;
}

export interface RecordStatus {
  readonly name: string;
  readonly zone: string;
  readonly state: 'written' | 'missing' | 'stale' | 'taken';
}

/** Undefined for templates without names in another account. */
export async function openCrossAccountRecords(
  { options, clients }: { readonly options: SdkOptions; readonly clients: Clients },
  stackName: string,
  template: string,
): Promise<Outcome<CrossAccountRecords> | undefined> {
  const names = crossAccountNamesIn(template);
  if (names === undefined) return undefined;
  const made = await hostedZoneAdapter(options, names.zone);
  if (!made.ok)
    return failure({
      message: `The account of ${credentialsText(names)} ${made.problems[0].message}. Set its id in \`hostedZone.id\`.`,
    });
  return success(crossAccountRecords(clients, stackName, names, made.value));
}

const credentialsText = ({ zone: { name, roleArn, profile } }: CrossAccountNames): string =>
  roleArn ?? `the profile ${profile ?? name}`;

function crossAccountRecords(
  clients: Clients,
  stackName: string,
  names: CrossAccountNames,
  { port: zone, close }: HostedZoneAdapter,
): CrossAccountRecords {
  // Before the stack exists the targets of its names are unknown; their current owners are known.
  const unknown = Object.fromEntries(
    Object.values(names.aliases).map((name) => [name, { dnsName: '?', hostedZone: '?' }]),
  );
  return {
    async review(run) {
      const plan = await reviewDnsRecords(clients, { stackName, zone, aliases: unknown }, run);
      const [taken] = plan.taken;
      if (taken)
        return failure({
          message: `${taken.name} in ${zone.name} belongs to another owner (${taken.by}). Nothing was changed.`,
        });
      return success(recordsReviewText(names, zone.id, plan));
    },
    async write(context, run, outputs) {
      const aliases = outputs === undefined ? {} : aliasTargetsOf(names, outputs);
      return exitCodeOf(await renderRun(context, writeDnsRecords(clients, { stackName, zone, aliases }, run)));
    },
    async status(outputs) {
      const plan = await reviewDnsRecords(clients, { stackName, zone, aliases: aliasTargetsOf(names, outputs) });
      const states = {
        written: plan.same,
        missing: plan.create,
        stale: plan.update,
        taken: plan.taken.map(({ name }) => name),
      };
      const all = (Object.keys(states) as (keyof typeof states)[]).flatMap((state) =>
        states[state].map((name) => ({ name, zone: zone.name, state })),
      );
      return all.sort((a, b) => compareText(a.name, b.name));
    },
    close,
  };
}

function recordsReviewText(
  names: CrossAccountNames,
  zoneId: string,
  { create, update, remove }: DnsRecordsPlan,
): string {
  const line = (verb: string) => (name: string) => `    ${verb.padEnd(7)}  ${name}`;
  return [
    `  names in ${names.zone.name} (${zoneId}), written with ${credentialsText(names)} after the stack`,
    ...create.map(line('CREATE')),
    ...update.map(line('UPDATE')),
    ...remove.map(line('DESTROY')),
    '',
  ]
    .map(printable)
    .join('\n');
}

/** The deployed template. */
export async function fetchTemplate({ cloudFormation }: Clients, StackName: string): Promise<string> {
  const { TemplateBody = '' } = await cloudFormation.getTemplate({ StackName, TemplateStage: 'Original' });
  return TemplateBody;
}

/** Writes the names of the deployed stack, and deletes those that a former template had in another zone. */
export async function updateCrossAccountRecords(
  context: Context,
  connection: { readonly options: SdkOptions; readonly clients: Clients },
  run: RunOptions,
  stackId: string,
  { former, now }: { readonly former: string; readonly now: string },
): Promise<ExitCode> {
  if (crossAccountNamesIn(now) === undefined && crossAccountNamesIn(former) === undefined) return exit.fine;
  const { Stacks: [stack] = [] } = await connection.clients.cloudFormation.describeStacks({ StackName: stackId });
  const stackName = stack?.StackName ?? stackId;
  const outputs = Object.fromEntries(
    (stack?.Outputs ?? []).map((each) => [each.OutputKey ?? '', each.OutputValue ?? '']),
  );
  const moved = JSON.stringify(crossAccountNamesIn(former)?.zone) !== JSON.stringify(crossAccountNamesIn(now)?.zone);
  for (const [template, values] of [[now, outputs], ...(moved ? [[former, undefined] as const] : [])] as const) {
    const opened = await openCrossAccountRecords(connection, stackName, template);
    if (opened === undefined) continue;
    if (!opened.ok) {
      context.io.stderr.write(`error: ${printable(opened.problems[0].message)}\n`);
      return exit.failed;
    }
    const names = opened.value;
    try {
      const code = await names.write(context, run, values);
      if (code !== exit.fine) return code;
    } finally {
      names.close();
    }
  }
  return exit.fine;
}
