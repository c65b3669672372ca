// Reviews, confirms, deploys, shows and destroys stack sets.
import { readPages } from '@i2kit/aws';
import { compareText, countText } from '@i2kit/common';
import {
  deployStackSet,
  destroyStackSet,
  type EndangeredResource,
  exitCodeOf,
  printable,
  reviewStackSet,
  type StackSetAdapter,
  type StackSetInput,
  type StackSetReview,
  stackSetAdapter,
} from '@i2kit/runner';
import type { DesiredStackSet } from '../config/stacks.ts';
import type { Context } from '../context.ts';
import { type ExitCode, exit } from '../exit.ts';
import { confirm } from '../output/confirm.ts';
import { reportDiagnostics } from '../output/diagnostics.ts';
import { type InterruptListener, listenForInterrupt } from '../output/interrupt.ts';
import { writeFiles } from '../output/writeFiles.ts';
import type { DesiredStack, SelectedStack } from '../ports/aws.ts';
import { resolveStackInput } from '../review/stackInput.ts';
import { type Connection, connect } from './connection.ts';
import { stackSetProblems } from './guards/stackSetTemplate.ts';
import { renderRun } from './renderEvents.ts';
import { runOptions } from './runOptions.ts';

interface StackSetConnection extends Connection {
  readonly sets: StackSetAdapter;
  readonly interrupt: InterruptListener;
}

async function withStackSets(
  context: Context,
  region: string | undefined,
  go: (at: StackSetConnection) => Promise<ExitCode>,
): Promise<ExitCode> {
  const connection = await connect(context, region);
  const interrupt = listenForInterrupt(context.io);
  const sets = await stackSetAdapter(connection.options);
  const refreshCredentials = async () => {
    sets.refresh();
    return (await connection.clients.refreshCredentials?.()) ?? false;
  };
  try {
    return await go({ ...connection, clients: { ...connection.clients, refreshCredentials }, sets, interrupt });
  } finally {
    interrupt.release();
    sets.close();
    connection.close();
  }
}

export const runStackSetApply = (context: Context, wanted: DesiredStack, set: DesiredStackSet): Promise<ExitCode> =>
  withStackSets(context, wanted.region, async (at) => {
    const { io, values } = context;
    const resolved = await resolveStackInput(context, wanted, at);
    if (!resolved.ok) return reportAndExit(context, resolved.problems[0].message, exit.refused);
    const made = resolved.value;
    const clients = made.bucket ? { ...at.clients, bucket: made.bucket } : at.clients;
    const input = stackSetInput(wanted, set, made.input.parameters ?? {}, at.options.region);
    const run = runOptions(context, at.interrupt.signal);
    const review = await reviewStackSet(clients, at.sets.port, input, run);
    if (!values.quiet) io.stderr.write(stackSetReviewText(review));
    const wrong =
      review.kind === 'stack-set'
        ? await stackSetProblems(
            context,
            at.sets,
            review,
            wanted,
            (await fetchStackInstances(at.sets, input.name))?.length ?? 0,
          )
        : [];
    if (wrong.length > 0) {
      io.stderr.write(wrong.map(({ message }) => `error: ${printable(message)}\n`).join(''));
      return exit.refused;
    }
    const idle = review.kind === 'blocked' || isUnchanged(review);
    const refused =
      review.kind === 'stack-set' && unallowedReplacements(review.endangered, values['allow-replace']).length > 0;
    if (!idle && !refused && !(await confirm(context, `Change ${input.name}?`, at.interrupt.signal)))
      return reportAndExit(
        context,
        'Nothing was changed.',
        at.interrupt.signal.aborted ? exit.interrupted : exit.refused,
      );
    const unwritten = review.kind === 'blocked' ? [] : writeFiles(io, wanted.files);
    if (unwritten.length > 0) {
      reportDiagnostics(context, await context.compiler(), unwritten, []);
      return exit.input;
    }
    const options = {
      ...run,
      detach: values.detach ?? false,
      ...(values['allow-replace'] && { allowReplace: values['allow-replace'] }),
    };
    return exitCodeOf(await renderRun(context, deployStackSet(clients, at.sets.port, review, input, options)));
  });

function stackSetInput(
  wanted: DesiredStack,
  { regions, targets, settings }: DesiredStackSet,
  parameters: Readonly<Record<string, string>>,
  region: string,
): StackSetInput {
  const { administrationRoleArn, executionRoleName } = settings;
  return {
    name: wanted.stackName,
    template: wanted.template,
    parameters,
    tags: wanted.tags,
    regions,
    targets,
    preferences: operationPreferences(settings),
    ...(administrationRoleArn !== undefined && { administrationRoleArn }),
    ...(executionRoleName !== undefined && { executionRoleName }),
    expect: { region },
  };
}

/** A number is a count, `20%` a share. */
function operationPreferences({
  failureTolerance,
  maxConcurrent,
  regionConcurrency,
}: DesiredStackSet['settings']): NonNullable<StackSetInput['preferences']> {
  const share = (value: number | string) => Number.parseInt(String(value), 10);
  return {
    ...(regionConcurrency !== undefined && {
      RegionConcurrencyType: regionConcurrency === 'parallel' ? ('PARALLEL' as const) : ('SEQUENTIAL' as const),
    }),
    ...(failureTolerance !== undefined &&
      (typeof failureTolerance === 'number'
        ? { FailureToleranceCount: failureTolerance }
        : { FailureTolerancePercentage: share(failureTolerance) })),
    ...(maxConcurrent !== undefined &&
      (typeof maxConcurrent === 'number'
        ? { MaxConcurrentCount: maxConcurrent }
        : { MaxConcurrentPercentage: share(maxConcurrent) })),
  };
}

const unallowedReplacements = (all: readonly EndangeredResource[], allowed: readonly string[] = []) =>
  all.filter(({ logicalId }) => !allowed.includes(logicalId));

const isUnchanged = ({
  base,
  changed,
  update,
  create,
  remove,
}: Extract<StackSetReview, { kind: 'stack-set' }>): boolean =>
  base !== undefined && [changed, update, create, remove].every((each) => each.length === 0);

function stackSetReviewText(review: StackSetReview): string {
  if (review.kind === 'blocked') return '';
  const { stackName, account, region, base, changed, update, create, remove, endangered } = review;
  const line = (verb: string) => (place: string) => `    ${verb.padEnd(7)}  ${place}`;
  const what = base === undefined ? 'is made' : changed.length > 0 ? `changes: ${changed.join(', ')}` : 'unchanged';
  return [
    `Stack set ${stackName} in ${region}, account ${account}, ${what}`,
    ...update.map(line('UPDATE')),
    ...create.map(line('CREATE')),
    ...remove.map(line('DESTROY')),
    `  CREATE ${create.length} · UPDATE ${update.length} · DESTROY ${remove.length}`,
    ...endangered.map((each) => `  ${each.logicalId} (${each.type}) ${each.how}: its ${each.worth} would be lost.`),
    '',
  ]
    .map(printable)
    .join('\n');
}

export const runStackSetDestroy = (context: Context, { stackName: name, region }: SelectedStack): Promise<ExitCode> =>
  withStackSets(context, region, async ({ clients, sets, interrupt }) => {
    const all = await fetchStackInstances(sets, name);
    if (all && !context.values.quiet)
      context.io.stderr.write(
        `Stack set ${printable(name)}: ${countText(all.length, 'stack')} would be deleted\n${instanceLines(all, '  DESTROY  ')}`,
      );
    if (all && !(await confirm(context, `Delete ${name}?`, interrupt.signal)))
      return reportAndExit(context, 'Nothing was deleted.', interrupt.signal.aborted ? exit.interrupted : exit.refused);
    const input = { name, detach: context.values.detach ?? false };
    return exitCodeOf(
      await renderRun(context, destroyStackSet(clients, sets.port, input, runOptions(context, interrupt.signal))),
    );
  });

export const runStackSetStatus = (context: Context, { stackName: name, region }: SelectedStack): Promise<ExitCode> =>
  withStackSets(context, region, async ({ sets }) => {
    const { io, values } = context;
    const all = await fetchStackInstances(sets, name);
    if (all === undefined) return reportAndExit(context, `There is no stack set ${name}.`, exit.failed);
    io.stdout.write(
      values.output === 'json'
        ? `${JSON.stringify({ version: 1, stackSet: name, stacks: all }, null, 2)}\n`
        : `${printable(name)}  ${countText(all.length, 'stack')}\n${instanceLines(all, '')}`,
    );
    return all.every(({ status }) => status === 'CURRENT') ? exit.fine : exit.failed;
  });

interface StackInstance {
  readonly account: string;
  readonly region: string;
  readonly status: string;
  readonly reason?: string;
}

/** In the order of accounts and regions; undefined if the stack set does not exist. */
async function fetchStackInstances(
  { port }: StackSetAdapter,
  StackSetName: string,
): Promise<readonly StackInstance[] | undefined> {
  const all: StackInstance[] = [];
  try {
    for await (const { Summaries = [] } of readPages((from) => port.listStackInstances({ StackSetName, ...from })))
      for (const { Account: account = '', Region: region = '', Status: status = '', StatusReason } of Summaries)
        all.push({ account, region, status, ...(StatusReason && { reason: StatusReason }) });
  } catch (error) {
    if (error instanceof Error && error.name.startsWith('StackSetNotFound')) return undefined;
    throw error;
  }
  return all.sort((a, b) => compareText(`${a.account}/${a.region}`, `${b.account}/${b.region}`));
}

const instanceLines = (all: readonly StackInstance[], before: string): string =>
  all
    .map(
      ({ account, region, status, reason }) =>
        `${printable(`${before}${account}  ${region}  ${status}${reason ? `  ${reason}` : ''}`)}\n`,
    )
    .join('');

function reportAndExit({ io }: Context, sentence: string, code: ExitCode): ExitCode {
  io.stderr.write(`${/^Nothing was/.test(sentence) ? '' : 'error: '}${printable(sentence)}\n`);
  return code;
}
