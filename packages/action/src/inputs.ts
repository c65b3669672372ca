// Reads the inputs of the action from the variables in which GitHub passes them.
import { failure, type Outcome, success } from '@i2kit/common';
import { policyTerms } from './policy.ts';

export interface Environment {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Path of i2kit. */
  readonly cli: string;
  readonly write: (text: string) => void;
}

export interface Inputs {
  readonly files: readonly string[];
  /** Empty: the base of the event. */
  readonly base: string;
  /** Verbs and guards, as a review names them. */
  readonly failOn: readonly string[];
  readonly comment: boolean;
  readonly directory: string;
  readonly config: string;
  readonly token: string;
}

export function inputsOf(env: Environment['env']): Outcome<Inputs> {
  const input = (name: string) => (env[`INPUT_${name.toUpperCase()}`] ?? '').trim();
  const files = input('files')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const named = input('fail-on')
    .split(/[\s,]+/)
    .filter((word) => word !== '' && word !== 'none');
  const failOn = named.map((word) => policyTerms.find((known) => known.toLowerCase() === word.toLowerCase()));
  const unknown = named.filter((_, at) => failOn[at] === undefined);
  if (unknown.length > 0)
    return failure({
      message: `fail-on takes none, or a list of ${policyTerms.join(', ')}; got ${unknown.join(', ')}.`,
    });
  const comment = input('comment') || 'true';
  if (comment !== 'true' && comment !== 'false')
    return failure({ message: `comment takes true or false; got ${comment}.` });
  return success({
    files: files.length > 0 ? files : ['.'],
    base: input('base'),
    failOn: failOn.filter((word) => word !== undefined),
    comment: comment === 'true',
    directory: input('working-directory') || '.',
    config: input('config'),
    token: input('token'),
  });
}
