// Events 87x and 88x: logs, drift, history, DNS records and stack sets.

import type { RootCause } from '../operation/rootCause.ts';
import { defineEvent } from './entry.ts';

// Events 875 to 877: how a stack's resources differ from its template.

export interface DriftedProperty {
  /** A JSON pointer into the resource's properties. */
  readonly path: string;
  /** As CloudFormation says them: text, or JSON in a text. */
  readonly expected: string;
  readonly actual: string;
  readonly how: 'ADD' | 'REMOVE' | 'NOT_EQUAL';
}

/** A resource that is no longer what its template says. */
export interface DriftedResource {
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  /** The Kubernetes object that it comes from, e.g. `Deployment/default/web`. */
  readonly object?: string;
  readonly how: 'MODIFIED' | 'DELETED';
  readonly differences: readonly DriftedProperty[];
}

export const driftEvents = {
  I2K875: defineEvent<{ stackId: string; detectionId: string }>(
    'info',
    'CloudFormation compares the resources with their template.',
  ),
  I2K876: defineEvent<DriftedResource>('warn', 'A resource differs from its template.'),
  I2K877: defineEvent<{ said: string; resources: readonly string[] }>('warn', 'Some resources could not be compared.'),
} as const;

// Events 878 to 880: what was done to a stack, and what is kept of it.

/** One operation on a stack, of its own events and of what is kept in the environment's bucket. */
export interface StackOperation {
  /** Number of the revision that it executed; absent where none was kept. */
  readonly revision?: number;
  readonly what: 'create' | 'update' | 'delete' | 'import' | 'recover';
  readonly outcome: 'succeeded' | 'failed' | 'rolled back' | 'cancelled' | 'running' | 'unknown';
  /** The stack's status that it ended in, or is in; empty where events are no longer there. */
  readonly status: string;
  /** Milliseconds since the epoch, by the service's clock. */
  readonly begunAt: number;
  readonly endedAt?: number;
  readonly stackId: string;
  /** Of an apply: the change set's name. */
  readonly token?: string;
  readonly templateHash?: string;
  readonly inputHash?: string;
  readonly cause?: RootCause;
  /** True of the one whose template the stack has now. */
  readonly current?: true;
}

export const historyEvents = {
  I2K878: defineEvent<{ revision: number; templateHash: string }>(
    'debug',
    'What is about to be executed is kept, so that it can be gone back to.',
  ),
  I2K879: defineEvent<{ said: string }>('warn', 'What is about to be executed could not be kept.'),
  I2K880: defineEvent<StackOperation>('info', 'An operation of the past, or the one under way.'),
} as const;

// Events 871 to 874: what machines say.

/** One line of a container's output, or of the agent's (`@agent`). */
export interface LogLine {
  /** The Kubernetes object that the machine runs, e.g. `Deployment/default/web`. */
  readonly object: string;
  /** EC2's id; absent where the stream is named after a pod that keeps its name over machines. */
  readonly machine?: string;
  readonly pod: string;
  readonly container: string;
  /** Milliseconds since the epoch, by the machine's clock. */
  readonly at: number;
  readonly text: string;
}

/** What EC2 keeps of a machine's console: at most 64 KB, for at least an hour after the machine has changed its state. */
export interface ConsoleOutput {
  readonly object?: string;
  readonly machine: string;
  readonly because: 'silent' | 'asked';
  readonly lines: readonly string[];
  /** Why it could not be read. */
  readonly said?: string;
}

export const logEvents = {
  I2K871: defineEvent<LogLine>('info', 'A line of a log.'),
  I2K872: defineEvent<ConsoleOutput>(
    'warn',
    'A machine has written no log, or its console was asked for: what the console says.',
  ),
  I2K873: defineEvent<{ logGroup: string; object: string }>('warn', 'A log group of the stack is not there.'),
  I2K874: defineEvent<{ machines: readonly string[] }>(
    'warn',
    'More machines have written no log than consoles are shown.',
  ),
} as const;

// Events 88x: names in a zone of another account.

export const dnsRecordEvents = {
  I2K881: defineEvent<{
    zone: string;
    create: readonly string[];
    update: readonly string[];
    remove: readonly string[];
  }>('info', 'Records in a zone of another account were written.'),
} as const;

// Events 883 to 887: what happens to a stack set and to its stacks in accounts and regions.

export interface StackInstanceEvent {
  readonly operationId: string;
  readonly account: string;
  readonly region: string;
  readonly status: string;
  readonly reason?: string;
}

export const stackSetEvents = {
  I2K883: defineEvent<{ operationId: string; action: string }>(
    'info',
    'CloudFormation has taken an operation on a stack set.',
  ),
  I2K884: defineEvent<StackInstanceEvent>('info', 'A stack of a set, in one account and region, has another status.'),
  I2K885: defineEvent<StackInstanceEvent>('error', 'A stack of a set failed, in one account and region, and why.'),
  I2K886: defineEvent<{ name: string }>('info', 'A stack set was made.'),
  I2K887: defineEvent<{ name: string }>('info', 'A stack set was deleted.'),
} as const;
