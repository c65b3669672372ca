// What a change is told against: a commit, a directory of templates, or what is deployed.
import type { Context } from '../context.ts';
import { type Exit, exit } from '../exit.ts';
import { deployedBase } from './deployed.ts';
import { directoryBase } from './directory.ts';
import { gitBase } from './git.ts';
import type { Compiled } from './stacks.ts';

/** The base, or one sentence about why there is none, and how to end for it: bad input, if nothing is said. */
export type Based = Compiled | { readonly wrong: string; readonly code?: Exit };

export type Base = (context: Context, head: Compiled) => Promise<Based>;

/** The base that --against names, or how to end, which has then been said. */
export async function comparedWith(context: Context, against: string, head: Compiled): Promise<Compiled | { readonly exit: Exit }> {
  const base = await baseOf(against)(context, head);
  if (!('wrong' in base)) return base;
  context.io.stderr.write(`error: ${base.wrong}\n`);
  return { exit: base.code ?? exit.input };
}

/** `git:REF`, `stack`, or else a directory. */
function baseOf(against: string): Base {
  if (against.startsWith('git:')) return gitBase(against.slice('git:'.length));
  return against === 'stack' ? deployedBase : directoryBase(against);
}
