// What a fault gets its hands on when a call is made.
import type { FakeAccount } from './fakeAccount.ts';

export interface FaultHook {
  /** Spelled as the port spells it, e.g. `executeChangeSet`. */
  readonly api: string;
  /** 0 at the call that the fault was aimed at, then counting up. */
  readonly since: number;
  /** Milliseconds since that call. */
  readonly elapsed: number;
  /** The call that the fault was aimed at. */
  readonly aim: string;
  readonly it: FakeAccount;
  /** Does what the call does, and gives its answer. May be called twice. */
  effect(): Promise<unknown>;
  /** The answer that this very read gave last; undefined where it was not asked before. */
  readonly last: unknown;
  /** Ctrl-C. */
  interrupt(): void;
  /** SIGKILL: nothing is answered any more, the run is dropped. */
  kill(): void;
  /** Whether credentials were read anew since the fault began. */
  readonly refreshed: boolean;
}

/** What is known of a case when its expectation is asked for. */
export interface FaultCase {
  readonly scenario: { readonly name: string; readonly exit: number; readonly says: RegExp };
  readonly aim: string;
  /** An operation of the run's was under way, or over, when the fault struck. */
  readonly begun: boolean;
  /** It had come to its end by then. */
  readonly over: boolean;
}

export interface Expectation {
  /** Any of these exit codes. */
  readonly exits: readonly number[];
  readonly says?: RegExp;
}

export interface FaultRow {
  readonly name: string;
  readonly how: (hook: FaultHook) => Promise<unknown>;
  /** Default: as without the fault. */
  readonly expect?: (it: FaultCase) => Expectation;
  /** Where the fault changes what a later, undisturbed run ends in. */
  readonly finally?: (it: FaultCase) => readonly number[];
  /** Ctrl-C cancels. */
  readonly cancels?: true;
  /** Credentials can be read anew. */
  readonly refreshes?: true;
  /** The run is dropped; the same command is run again, this much later. */
  readonly rerunAfterMs?: number;
  /** What the world is like from the start, e.g. slow. */
  readonly begin?: (it: FakeAccount) => void;
  /** Only these calls can have it. */
  readonly only?: readonly string[];
}
