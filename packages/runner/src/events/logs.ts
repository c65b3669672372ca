// Events 871 to 874: what machines say.
import { entry } from './entry.ts';

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

export const logs = {
  I2K871: entry<LogLine>('info', 'A line of a log.'),
  I2K872: entry<ConsoleOutput>('warn', 'A machine has written no log, or its console was asked for: what the console says.'),
  I2K873: entry<{ logGroup: string; object: string }>('warn', 'A log group of the stack is not there.'),
  I2K874: entry<{ machines: readonly string[] }>('warn', 'More machines have written no log than consoles are shown.'),
} as const;
