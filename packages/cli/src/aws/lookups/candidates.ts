// Selects one resource by its id or tags, and reports a missing or ambiguous one.
import { I2kitError } from '@i2kit/common';
import type { ResourceSelector, TagSelector } from '@i2kit/compiler';
import type { SettingError } from '../../config/existingResources.ts';

/** A resource of the account, as messages show it. */
export interface Candidate {
  readonly id: string;
  readonly tags: Readonly<Record<string, string>>;
}

export const tagsOf = (
  tags: readonly { Key?: string | undefined; Value?: string | undefined }[] = [],
): Readonly<Record<string, string>> => Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));

export const hasTags = ({ tags }: Candidate, { tag }: TagSelector): boolean =>
  Object.entries(tag).every(([key, value]) => tags[key] === value);

export const tagText = ({ tag }: TagSelector): string =>
  Object.entries(tag)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');

const maxListed = 8;

/** `vpc-1 (shop), vpc-2, …`: the first of them. */
function candidateList(all: readonly Candidate[]): string {
  const shown = all.slice(0, maxListed).map(({ id, tags }) => (tags['Name'] ? `${id} (${tags['Name']})` : id));
  return [...shown, ...(all.length > maxListed ? [`${all.length - maxListed} more`] : [])].join(', ');
}

/** Thrown to leave a nested lookup; `collectLookupErrors` catches it. */
export class LookupError extends I2kitError<SettingError['code']> {
  override readonly name = 'LookupError';
  readonly settingError: SettingError;
  constructor(settingError: SettingError) {
    super(settingError.code, settingError.message, { hint: settingError.hint });
    this.settingError = settingError;
  }
}

export const unusableError = (path: readonly string[], message: string, hint?: string): LookupError =>
  new LookupError({ code: 'I2K707', path, message, ...(hint !== undefined && { hint }) });

/** The candidates with the id or the tags; `what` names one of them. */
export function matchingCandidates<T extends Candidate>(
  all: readonly T[],
  selector: ResourceSelector,
  what: string,
  path: readonly string[],
): readonly T[] {
  const found =
    typeof selector === 'string'
      ? all.filter(({ id }) => id === selector)
      : all.filter((one) => hasTags(one, selector));
  if (found.length > 0) return found;
  const asked = typeof selector === 'string' ? selector : `with ${tagText(selector)}`;
  const hint = all.length === 0 ? `this region has no ${what}` : `There are: ${candidateList(all)}.`;
  throw new LookupError({ code: 'I2K719', path, message: `there is no ${what} ${asked}`, hint });
}

/** Exactly one. */
export function onlyCandidate<T extends Candidate>(
  all: readonly T[],
  selector: ResourceSelector,
  what: string,
  path: readonly string[],
): T {
  const [first, ...others] = matchingCandidates(all, selector, what, path);
  if (first !== undefined && others.length === 0) return first;
  const found = [first, ...others].filter((each) => each !== undefined);
  const asked = typeof selector === 'string' ? selector : `the tags ${tagText(selector)}`;
  throw new LookupError({
    code: 'I2K719',
    path,
    message: `${found.length} match ${asked}, and exactly one ${what} is needed`,
    hint: `Name one by its id: ${candidateList(found)}.`,
  });
}

/** Runs the lookups; an error in one does not hide the errors of the others. */
export async function collectLookupErrors(problems: SettingError[], look: () => Promise<void>): Promise<void> {
  try {
    await look();
  } catch (error) {
    if (!(error instanceof LookupError)) throw error;
    problems.push(error.settingError);
  }
}
