// Stack sets: shown, asked for, deployed, looked at and destroyed.
import {
  deploySet,
  destroySet,
  type Endangered,
  exitCode,
  printable,
  reviewSet,
  type SetInput,
  type SetReview,
  type StackSetAdapter,
  stackSetAdapter,
} from '@i2kit/runner';
import type { Named, Wanted } from '../aws-ports.ts';
import type { Context } from '../context.ts';
import { type Exit, exit } from '../exit.ts';
import { report } from '../output/report.ts';
import { writeAll } from '../output/write.ts';
import type { StackSetWanted } from '../settings/stack-set.ts';
import { count } from '../text.ts';
import { agreed } from './ask.ts';
import { type Connection, connect } from './connect.ts';
import { follow } from './follow.ts';
import { stackInput } from './input.ts';
import { type Interruptible, interruptible } from './interrupt.ts';
import { runOptions } from './options.ts';

interface At extends Connection {
  readonly sets: StackSetAdapter;
  readonly interrupt: Interruptible;
}

async function connected(context: Context, region: string | undefined, go: (at: At) => Promise<Exit>): Promise<Exit> {
  const connection = await connect(context, region);
  const interrupt = interruptible(context.io);
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

export const applySet = (context: Context, wanted: Wanted, set: StackSetWanted): Promise<Exit> =>
  connected(context, wanted.region, async (at) => {
    const { io, values } = context;
    const made = await stackInput(context, wanted, at);
    if ('wrong' in made) return said(context, made.wrong, exit.refused);
    const clients = made.bucket ? { ...at.clients, bucket: made.bucket } : at.clients;
    const input = setInput(wanted, set, made.input.parameters ?? {}, at.options.region);
    const run = runOptions(context, at.interrupt.signal);
    const review = await reviewSet(clients, at.sets.port, input, run);
    if (!values.quiet) io.stderr.write(reviewText(review));
    const idle = review.kind === 'blocked' || nothing(review);
    const refused = review.kind === 'stack-set' && unasked(review.endangered, values['allow-replace']).length > 0;
    if (!idle && !refused && !(await agreed(context, `Change ${input.name}?`, at.interrupt.signal)))
      return said(context, 'Nothing was changed.', at.interrupt.signal.aborted ? exit.interrupted : exit.refused);
    const unwritten = review.kind === 'blocked' ? [] : writeAll(io, wanted.files);
    if (unwritten.length > 0) {
      report(context, await context.compiler(), unwritten, []);
      return exit.input;
    }
    const options = { ...run, detach: values.detach ?? false, ...(values['allow-replace'] && { allowReplace: values['allow-replace'] }) };
    return exitCode(await follow(context, deploySet(clients, at.sets.port, review, input, options)));
  });

function setInput(
  wanted: Wanted,
  { regions, targets, settings }: StackSetWanted,
  parameters: Readonly<Record<string, string>>,
  region: string,
): SetInput {
  const { administrationRoleArn, executionRoleName } = settings;
  return {
    name: wanted.stackName,
    template: wanted.template,
    parameters,
    tags: wanted.tags,
    regions,
    targets,
    preferences: preferencesOf(settings),
    ...(administrationRoleArn !== undefined && { administrationRoleArn }),
    ...(executionRoleName !== undefined && { executionRoleName }),
    expect: { region },
  };
}

/** A number is a count, `20%` a share. */
function preferencesOf({
  failureTolerance,
  maxConcurrent,
  regionConcurrency,
}: StackSetWanted['settings']): NonNullable<SetInput['preferences']> {
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
      (typeof maxConcurrent === 'number' ? { MaxConcurrentCount: maxConcurrent } : { MaxConcurrentPercentage: share(maxConcurrent) })),
  };
}

const unasked = (all: readonly Endangered[], allowed: readonly string[] = []) =>
  all.filter(({ logicalId }) => !allowed.includes(logicalId));

const nothing = ({ base, changed, update, create, remove }: Extract<SetReview, { kind: 'stack-set' }>): boolean =>
  base !== undefined && [changed, update, create, remove].every((each) => each.length === 0);

function reviewText(review: SetReview): string {
  if (review.kind === 'blocked') return '';
  const { stackName, account, region, base, changed, update, create, remove, endangered } = review;
  const line = (verb: string) => (place: string) => `    ${verb.padEnd(7)}  ${place}`;
  const what = base === undefined ? 'is made' : changed.length > 0 ? `changes: ${changed.join(', ')}` : 'stays as it is';
  return [
    `Stack set ${stackName} in ${region}, account ${account}, ${what}`,
    ...update.map(line('UPDATE')),
    ...create.map(line('CREATE')),
    ...remove.map(line('DESTROY')),
    `  CREATE ${create.length} · UPDATE ${update.length} · DESTROY ${remove.length}`,
    ...endangered.map((each) => `  ${each.logicalId} (${each.type}) ${each.how}: its ${each.worth} would go.`),
    '',
  ]
    .map(printable)
    .join('\n');
}

export const destroySetNamed = (context: Context, { stackName: name, region }: Named): Promise<Exit> =>
  connected(context, region, async ({ clients, sets, interrupt }) => {
    const all = await instancesOf(sets, name);
    if (all && !context.values.quiet)
      context.io.stderr.write(
        `Stack set ${printable(name)}: ${count(all.length, 'stack')} would be deleted\n${listText(all, '  DESTROY  ')}`,
      );
    if (all && !(await agreed(context, `Delete ${name}?`, interrupt.signal)))
      return said(context, 'Nothing was deleted.', interrupt.signal.aborted ? exit.interrupted : exit.refused);
    const input = { name, detach: context.values.detach ?? false };
    return exitCode(await follow(context, destroySet(clients, sets.port, input, runOptions(context, interrupt.signal))));
  });

export const setStatus = (context: Context, { stackName: name, region }: Named): Promise<Exit> =>
  connected(context, region, async ({ sets }) => {
    const { io, values } = context;
    const all = await instancesOf(sets, name);
    if (all === undefined) return said(context, `There is no stack set ${name}.`, exit.failed);
    io.stdout.write(
      values.output === 'json'
        ? `${JSON.stringify({ version: 1, stackSet: name, stacks: all }, null, 2)}\n`
        : `${printable(name)}  ${count(all.length, 'stack')}\n${listText(all, '')}`,
    );
    return all.every(({ status }) => status === 'CURRENT') ? exit.fine : exit.failed;
  });

interface Instance {
  readonly account: string;
  readonly region: string;
  readonly status: string;
  readonly reason?: string;
}

/** In the order of accounts and regions; undefined where there is no such set. */
async function instancesOf({ port }: StackSetAdapter, StackSetName: string): Promise<readonly Instance[] | undefined> {
  const all: Instance[] = [];
  let next: string | undefined;
  try {
    do {
      const page = await port.listStackInstances({ StackSetName, ...(next === undefined ? {} : { NextToken: next }) });
      for (const { Account: account = '', Region: region = '', Status: status = '', StatusReason } of page.Summaries ?? [])
        all.push({ account, region, status, ...(StatusReason && { reason: StatusReason }) });
      next = page.NextToken;
    } while (next);
  } catch (error) {
    if (error instanceof Error && error.name.startsWith('StackSetNotFound')) return undefined;
    throw error;
  }
  return all.sort((a, b) => (`${a.account}/${a.region}` < `${b.account}/${b.region}` ? -1 : 1));
}

const listText = (all: readonly Instance[], before: string): string =>
  all
    .map(
      ({ account, region, status, reason }) => `${printable(`${before}${account}  ${region}  ${status}${reason ? `  ${reason}` : ''}`)}\n`,
    )
    .join('');

function said({ io }: Context, sentence: string, code: Exit): Exit {
  io.stderr.write(`${/^Nothing was/.test(sentence) ? '' : 'error: '}${printable(sentence)}\n`);
  return code;
}
