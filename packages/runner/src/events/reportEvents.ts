// Events 87x and 88x: logs, drift, history, DNS records and stack sets.

import type { RootCause } from '../operation/rootCause.ts';
import { defineEvent } from './entry.ts';

/** Events 875 to 877: differences of a stack's resources from its template. */
export interface DriftedProperty {
  /** A JSON pointer into the resource's properties. */
  readonly path: string;
  /** As CloudFormation returns them: text, or JSON in a text. */
  readonly expected: string;
  readonly actual: string;
  readonly how: 'ADD' | 'REMOVE' | 'NOT_EQUAL';
}

/** A resource that differs from its template. */
export interface DriftedResource {
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  /** The Kubernetes object that it is made from, e.g. `Deployment/default/web`. */
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

/**
 * Events 878 to 880: operations on a stack, and its archived revisions. One operation on a stack, from its events
 * and from the archive in the environment's bucket.
 */
export interface StackOperation {
  /** Number of the revision that it executed; absent if none was archived. */
  readonly revision?: number;
  readonly what: 'create' | 'update' | 'delete' | 'import' | 'recover';
  readonly outcome: 'succeeded' | 'failed' | 'rolled back' | 'cancelled' | 'running' | 'unknown';
  /** The final or current status of the stack; empty if its events no longer exist. */
  readonly status: string;
  /** Milliseconds since the epoch, by the service's clock. */
  readonly begunAt: number;
  readonly endedAt?: number;
  readonly stackId: string;
  /** For an apply: the change set's name. */
  readonly token?: string;
  readonly templateHash?: string;
  readonly inputHash?: string;
  readonly cause?: RootCause;
  /** True for the operation that deployed the current template. */
  readonly current?: true;
}

export const historyEvents = {
  I2K878: defineEvent<{ revision: number; templateHash: string }>(
    'debug',
    'The input of the execution was archived for a later rollback.',
  ),
  I2K879: defineEvent<{ said: string }>('warn', 'The input of the execution could not be archived.'),
  I2K880: defineEvent<StackOperation>('info', 'A past operation, or the one in progress.'),
} as const;

/**
 * Events 871 to 874: logs and consoles of machines. One line of output of a container, or of the agent (`@agent`).
 */
export interface LogLine {
  /** The Kubernetes object that the machine runs, e.g. `Deployment/default/web`. */
  readonly object: string;
  /** EC2's id; absent if the stream is named after a pod that keeps its name when its machine is replaced. */
  readonly machine?: string;
  readonly pod: string;
  readonly container: string;
  /** Milliseconds since the epoch, by the machine's clock. */
  readonly at: number;
  readonly text: string;
}

/**
 * A machine's console as EC2 stores it: at most 64 KB, for at least an hour after the machine's last change of state.
 */
export interface ConsoleOutput {
  readonly object?: string;
  readonly machine: string;
  readonly because: 'silent' | 'asked';
  readonly lines: readonly string[];
  /** The reason if it could not be read. */
  readonly said?: string;
}

export const logEvents = {
  I2K871: defineEvent<LogLine>('info', 'A line of a log.'),
  I2K872: defineEvent<ConsoleOutput>(
    'warn',
    'The console of a machine that has written no log, or whose console was requested.',
  ),
  I2K873: defineEvent<{ logGroup: string; object: string }>('warn', 'A log group of the stack does not exist.'),
  I2K874: defineEvent<{ machines: readonly string[] }>(
    'warn',
    'More machines have written no log than consoles are shown.',
  ),
} as const;

/** Events 88x: names in a zone of another account. */
export const dnsRecordEvents = {
  I2K881: defineEvent<{
    zone: string;
    create: readonly string[];
    update: readonly string[];
    remove: readonly string[];
  }>('info', 'Records in a zone of another account were written.'),
} as const;

/** Events 883 to 887: operations on a stack set and on its stacks in accounts and regions. */
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
    'CloudFormation accepted an operation on a stack set.',
  ),
  I2K884: defineEvent<StackInstanceEvent>(
    'info',
    'A stack of a set, in one account and region, has another status than before.',
  ),
  I2K885: defineEvent<StackInstanceEvent>(
    'error',
    'A stack of a set failed, in one account and region; with the reason.',
  ),
  I2K886: defineEvent<{ name: string }>('info', 'A stack set was created.'),
  I2K887: defineEvent<{ name: string }>('info', 'A stack set was deleted.'),
} as const;
