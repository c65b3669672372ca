// The interface between a call and an injected fault.
import type { FakeAccount } from './fakeAccount.ts';

export interface FaultHook {
  /** Spelled as the port spells it, e.g. `executeChangeSet`. */
  readonly api: string;
  /** 0 at the targeted call, then counting up. */
  readonly since: number;
  /** Milliseconds since that call. */
  readonly elapsed: number;
  /** The targeted call. */
  readonly aim: string;
  readonly it: FakeAccount;
  /** Makes the call, and returns its response. May be called twice. */
  effect(): Promise<unknown>;
  /** The previous response to this read; undefined the first time. */
  readonly last: unknown;
  /** Ctrl-C. */
  interrupt(): void;
  /** SIGKILL: no further response, the run is dropped. */
  kill(): void;
  /** Whether credentials were renewed since the fault began. */
  readonly refreshed: boolean;
}

/** The facts about a case that its expectation depends on. */
export interface FaultCase {
  readonly scenario: { readonly name: string; readonly exit: number; readonly says: RegExp };
  readonly aim: string;
  /** An operation of the run was in progress, or over, when the fault struck. */
  readonly begun: boolean;
  /** It had ended by then. */
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
  /** Default: the same as without the fault. */
  readonly expect?: (it: FaultCase) => Expectation;
  /** Set if the fault changes the outcome of a later, undisturbed run. */
  readonly finally?: (it: FaultCase) => readonly number[];
  /** Ctrl-C cancels. */
  readonly cancels?: true;
  /** Credentials can be renewed. */
  readonly refreshes?: true;
  /** The run is dropped; the same command runs again after this many milliseconds. */
  readonly rerunAfterMs?: number;
  /** Conditions from the start, e.g. slow. */
  readonly begin?: (it: FakeAccount) => void;
  /** Only these calls can have the fault. */
  readonly only?: readonly string[];
}
