// What commands ask of AWS; `aws/index.ts` gives it, in a bundle of its own that no other command loads.
import type { Context } from './context.ts';
import type { Exit } from './exit.ts';
import type { Output } from './output/write.ts';

/** What a stack should become. */
export interface Wanted {
  readonly stackName: string;
  readonly env: string;
  readonly region: string | undefined;
  /** The template's text. */
  readonly template: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly assets: readonly Asset[];
  /** Written before anything is executed: the lock. */
  readonly files: readonly Output[];
  /** Domain of the zone whose id the template's parameter asks for. */
  readonly publicZone?: string;
}

export interface Asset {
  readonly key: string;
  readonly sha256: string;
  readonly bytes: Uint8Array;
}

/** Which stack is meant. */
export interface Named {
  readonly stackName: string;
  readonly region: string | undefined;
  /** Where it is the stack of an environment: its name. */
  readonly foundationOf?: string;
}

export interface Aws {
  /** Reviews, asks and executes; without `wanted`, executes the review that is in a file. */
  apply(context: Context, wanted: Wanted | undefined): Promise<Exit>;
  destroy(context: Context, named: Named): Promise<Exit>;
  status(context: Context, named: Named): Promise<Exit>;
  events(context: Context, named: Named): Promise<Exit>;
  recover(context: Context, named: Named): Promise<Exit>;
  cancel(context: Context, named: Named): Promise<Exit>;
}
