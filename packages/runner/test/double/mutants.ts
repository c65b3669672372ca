// Runners that are broken on purpose, each by a small edit of the source: the fault table must catch all of them.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Runner } from './scenarios.ts';

export interface Mutant {
  readonly name: string;
  /** File, a text that occurs exactly once in it, and its replacement. */
  readonly edits: readonly (readonly [file: string, from: string, to: string])[];
  /** The scenario and fault that should catch it. */
  readonly scenario: string;
  readonly fault?: string;
}

export const mutants: readonly Mutant[] = [
  {
    name: 'trusts events: anything that is complete means success',
    edits: [
      [
        'operation/watch.ts',
        'yield* reportFailures(run, yield* pollEvents(run, op.log), evidence);\n    const stack',
        "const fresh = yield* pollEvents(run, op.log);\n    if (fresh.some((each) => each.status.endsWith('_COMPLETE'))) return resultOf(run, 'succeeded', 'is CREATE_COMPLETE');\n    const stack",
      ],
    ],
    scenario: 'rollback',
  },
  {
    name: 'needs events: the status is theirs',
    edits: [
      [
        'operation/operation.ts',
        "const status = stack?.status ?? 'DELETE_COMPLETE';",
        "const status = stack && op.log.events.length === 0 ? 'CREATE_IN_PROGRESS' : (stack?.status ?? 'DELETE_COMPLETE');",
      ],
    ],
    scenario: 'create',
    fault: 'no event is ever seen',
  },
  {
    name: 'trusts the first status that it sees',
    edits: [['operation/operation.ts', 'if (lastStackEvent(op.log)?.status === status) return', 'if (status) return']],
    scenario: 'update',
    fault: 'old status for twenty seconds',
  },
  {
    name: 'sends an execution again without a look',
    edits: [
      [
        'deploy/executeChangeSet.ts',
        'if (answer.ok || (yield* confirmAccepted(run, review, answer.problems[0]))) break;',
        "if (answer.ok || (answer.problems[0].kind !== 'transient' && (yield* confirmAccepted(run, review, answer.problems[0])))) break;",
      ],
    ],
    scenario: 'update',
    fault: 'timeout after the effect',
  },
  {
    name: 'takes a new token for each request',
    edits: [
      [
        'deploy/executeChangeSet.ts',
        'executeChangeSet(request)',
        'executeChangeSet({ ...request, ClientRequestToken: `t${String(run.clients.random()).slice(2)}` })',
      ],
    ],
    scenario: 'update',
    fault: 'timeout before the effect',
  },
  {
    name: 'executes by name',
    edits: [['deploy/executeChangeSet.ts', 'ChangeSetName: review.changeSetId,', 'ChangeSetName: token,']],
    scenario: 'update',
  },
  {
    name: 'takes a rollback for success',
    edits: [
      [
        'stack/status.ts',
        "deploy: ['CREATE_COMPLETE',",
        "deploy: ['ROLLBACK_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'CREATE_COMPLETE',",
      ],
    ],
    scenario: 'rollback',
  },
  {
    name: 'takes DELETE_FAILED for success',
    edits: [
      ['stack/status.ts', "delete: ['DELETE_COMPLETE'],", "delete: ['DELETE_COMPLETE', 'DELETE_FAILED'],"],
      [
        'operation/operation.ts',
        "? operationEnd('failed', status) : undefined;\n}\n\n// Events",
        "? operationEnd('reached', status) : undefined;\n}\n\n// Events",
      ],
    ],
    scenario: 'delete that fails',
  },
  {
    name: 'replaces data unasked',
    edits: [['deploy/verifyChangeSet.ts', 'if (harm.length > 0)', 'if (harm.length > 99)']],
    scenario: 'update that would lose data',
  },
  {
    name: 'orphans data unasked',
    edits: [['deploy/deleteFailedStack.ts', 'if (held.length > 0)', 'if (held.length > 99)']],
    scenario: 'remake that would lose data',
  },
  {
    name: 'deletes a stack whose rollback failed',
    edits: [['stack/status.ts', "UPDATE_ROLLBACK_FAILED: 'recover'", "UPDATE_ROLLBACK_FAILED: 'remake'"]],
    scenario: 'apply after a rollback that failed',
  },
  {
    name: 'gives up when it is throttled',
    edits: [['aws/retry.ts', 'policy.repeats.includes(error.kind)', "error.kind !== 'throttled'"]],
    scenario: 'create',
    fault: 'throttled once',
  },
  {
    name: 'waits longer than 15 s',
    edits: [['aws/retry.ts', 'export const maxBackoffMs = 15_000;', 'export const maxBackoffMs = 60_000;']],
    scenario: 'create',
    fault: 'throttled twelve times',
  },
  {
    name: 'takes denied for absent',
    edits: [
      [
        'aws/errors.ts',
        "if (deniedNames.test(error.name)) return 'denied';",
        "if (deniedNames.test(error.name)) return 'absent';",
      ],
    ],
    scenario: 'delete',
    fault: 'access denied from here on',
  },
  {
    name: 'takes all events for its own',
    edits: [
      ['operation/eventLog.ts', "!log.tokens.has(event.token ?? '')", '!log.tokens.has(log.token)'],
      ['operation/eventLog.ts', 'if (answer.ok)\n    for', 'if (answer.ok && log.events.length > 0) for'],
      [
        'operation/eventLog.ts',
        'reached ||= before || begins || log.seenEventIds.has(event.eventId);',
        'reached ||= before || (begins && log.events.length > 99);',
      ],
    ],
    scenario: 'rollback',
    fault: 'SIGKILL after the effect, run again in the midst',
  },
  {
    name: 'says that nothing was started when an answer was lost',
    edits: [['run/calls.ts', "run.state.begun = 'maybe';", "run.state.begun = 'no';"]],
    scenario: 'update',
    fault: 'Ctrl-C while the call hangs',
  },
  {
    name: 'claims that it runs when no connection came about',
    edits: [['run/calls.ts', "known.kind !== 'transient' || known.unsent", "known.kind !== 'transient'"]],
    scenario: 'update',
    fault: 'network gone for good',
  },
  {
    name: 'blames a victim',
    edits: [
      ['operation/rootCause.ts', '/\\bcancell?ed\\b/i', '/^never$/'],
      ['operation/rootCause.ts', 'best.at <= each.at', 'best.at > each.at'],
    ],
    scenario: 'rollback',
  },
  {
    name: 'leaves failed change sets behind',
    edits: [['deploy/reviewStack.ts', 'yield* deleteChangeSet(run, id);', 'void deleteChangeSet;']],
    scenario: 'no-op',
  },
  {
    name: 'knows one way only to say that nothing changes',
    edits: [['deploy/changeSet.ts', '|No updates are to be performed', '']],
    scenario: 'no-op, said otherwise',
  },
  {
    name: 'asks nobody which account it is',
    edits: [
      [
        'run/accountRegion.ts',
        'expect.account !== undefined && expect.account !== account',
        'expect.account === account && account === region',
      ],
    ],
    scenario: 'update',
    fault: 'other credentials, of another account',
  },
  {
    name: 'does not know its own operation again',
    edits: [
      [
        'deploy/changeSet.ts',
        'nameOrToken.startsWith(`${changeSetPrefix}${inputHash.slice(0, 16)}-`)',
        'nameOrToken === inputHash',
      ],
    ],
    scenario: 'update',
    fault: 'SIGKILL after the effect, run again in the midst',
  },
  {
    name: 'reads one page of events',
    edits: [['operation/eventLog.ts', 'next = answer.value.NextToken;', 'next = undefined;']],
    scenario: 'failed create',
    fault: 'SIGKILL after the effect, run again much later',
  },
  {
    name: 'tells events twice',
    edits: [
      [
        'operation/eventLog.ts',
        'if (log.seenEventIds.has(event.eventId) || !recordEvent(log, event)) continue;',
        'if (!recordEvent(log, event)) continue;',
      ],
      [
        'operation/eventLog.ts',
        'if (!before && !log.seenEventIds.has(event.eventId)) found.push(event);',
        'if (!before) found.push(event);',
      ],
    ],
    scenario: 'create',
  },
  {
    name: 'never reads credentials anew',
    edits: [['aws/retry.ts', 'refreshes++ < 2', 'refreshes++ < 0']],
    scenario: 'create',
    fault: 'credentials expired, newer ones found',
  },
  {
    name: 'reads credentials anew for ever',
    edits: [['aws/retry.ts', 'refreshes++ < 2', 'refreshes++ < 1e9']],
    scenario: 'create',
    fault: 'credentials expired for good, refreshed in vain',
  },
  {
    name: 'does not hear Ctrl-C',
    edits: [
      ['run/calls.ts', "if (run.signal?.aborted) throw new RunStopped(abandonedResult(run, 'interrupted'));", ''],
    ],
    scenario: 'create',
    fault: 'Ctrl-C before the call',
  },
  {
    name: 'takes a stack over that another run updates',
    edits: [
      [
        'deploy/reviewStack.ts',
        'isMadeFromInput(token, bound.inputHash)\n        ? token\n        : undefined;',
        'token;',
      ],
    ],
    scenario: 'update',
    fault: 'another run updates the stack',
  },
  {
    name: "touches another's stack",
    edits: [
      [
        'stack/ownership.ts',
        'if (env === owner.env && app === owner.app) return;',
        'if (env !== app || owner) return;',
      ],
    ],
    scenario: "another's stack",
  },
  {
    name: 'goes on without the lease that another has',
    edits: [
      [
        'run/lease.ts',
        'if (seen?.id === found.lease.id && found.lease.until > seen.until)',
        'if (seen) return undefined;\n        if (found.lease.until < 0)',
      ],
    ],
    scenario: 'update that another keeps away from',
  },
  {
    name: 'lets its lease run out while it waits',
    edits: [['run/calls.ts', 'await run.heartbeat.renew?.();', '']],
    scenario: 'update under a lease',
  },
  {
    name: 'is kept away by the dead for ever',
    edits: [['run/lease.ts', 'if (!found.lease || found.lease.until <= clock.now()) {', 'if (!found.lease) {']],
    scenario: 'update that a dead run keeps away from',
  },
  {
    name: 'takes a change of size for done when the stack is',
    edits: [['deploy/health.ts', 'now.inService >= now.wanted && now.healthy >= now.total', 'now.wanted >= 0']],
    scenario: 'update of size',
  },
  {
    name: 'believes what is registered, and not what is wanted',
    edits: [['deploy/health.ts', 'behind.length > 0 ? ', 'behind.length > 99 ? ']],
    scenario: 'update of size',
  },
  {
    name: 'waits for machines that never come',
    edits: [['deploy/health.ts', 'clock.now() - moved >= patience', 'clock.now() - moved >= patience * 99']],
    scenario: 'update of size that fails',
  },
  {
    name: 'does not look again where nothing changes',
    edits: [
      [
        'deploy/execute.ts',
        "result.outcome === 'succeeded' || result.outcome === 'unchanged'",
        "result.outcome === 'succeeded'",
      ],
    ],
    scenario: 'no-op with sick machines',
  },
];

/**
 * A copy of the runner's source, with that of `@i2kit/aws` in its folder `aws`, and the mutant's edits; `drop` removes
 * it. It lies inside the repository, so that it finds the other packages.
 */
export async function buildMutant(mutant: Mutant): Promise<{ readonly runner: Runner; drop(): void }> {
  const cache = fileURLToPath(new URL('../../../../.cache', import.meta.url));
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'runner-mutant-'));
  cpSync(fileURLToPath(new URL('../../src', import.meta.url)), folder, { recursive: true });
  cpSync(fileURLToPath(new URL('../../../aws/src', import.meta.url)), join(folder, 'aws'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    const aws = `${relative(dirname(file), 'aws/index.ts')}`;
    const text = readFileSync(join(folder, file), 'utf8');
    writeFileSync(join(folder, file), text.replaceAll("'@i2kit/aws'", `'${aws.startsWith('.') ? aws : `./${aws}`}'`));
  }
  for (const [file, from, to] of mutant.edits) {
    const text = readFileSync(join(folder, file), 'utf8');
    const parts = text.split(from);
    if (parts.length !== 2) throw new Error(`${mutant.name}: ${file} holds ${parts.length - 1} times: ${from}`);
    writeFileSync(join(folder, file), parts.join(to));
  }
  const runner = (await import(pathToFileURL(join(folder, 'index.ts')).href)) as Runner;
  return { runner, drop: () => rmSync(folder, { recursive: true, force: true }) };
}
