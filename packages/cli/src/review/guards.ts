// Effects of a review, and the refusal of each that no --allow flag names: lost data, changed addresses, wider
// permissions, opened network.

import type { Problem } from '@i2kit/common';
import { type Clients, printable, type Review } from '@i2kit/runner';
import { parse } from 'yaml';
import type { Context } from '../context.ts';
import type { FlagName, Values } from '../flags.ts';
import { guardTable } from '../guardTable.ts';
import type { DesiredStack } from '../ports/aws.ts';
import type { StackReview, Template } from '../ports/review.ts';

export interface ReviewedTemplates {
  /** The text of the deployed template, empty if there is no stack yet. */
  readonly former: string;
  readonly now: string;
  /** Reads the payloads that are not in the templates. Without it, they count as unreadable. */
  readonly bucket?: Clients['bucket'];
  /** Payloads that are not yet in the bucket. */
  readonly assets?: DesiredStack['assets'];
}

/** The deployed template compared with the new one. Undefined if nothing would change. */
export async function reviewEffects(
  context: Pick<Context, 'reviewer'>,
  made: Review,
  templates: ReviewedTemplates,
): Promise<StackReview | undefined> {
  if (made.kind !== 'change-set' && made.kind !== 'deferred') return undefined;
  const isNew = made.kind === 'deferred' && made.remake;
  return templateEffects(context, made, isNew ? { ...templates, former: '' } : templates);
}

/** `former` is empty if there is no stack yet. */
export async function templateEffects(
  context: Pick<Context, 'reviewer'>,
  { stackName, region }: { readonly stackName: string; readonly region: string },
  templates: ReviewedTemplates,
): Promise<StackReview> {
  const { reviewStack: review, emptyTemplate: nothing } = await context.reviewer();
  const known = { region };
  const payloads = await changedPayloads(templates);
  return review({
    stack: stackName,
    before: { template: templates.former === '' ? nothing : parseTemplate(templates.former), known, payloads },
    after: { template: parseTemplate(templates.now), known, payloads },
  });
}

/** By SHA-256: the payloads outside of the templates that only one of them refers to. */
async function changedPayloads({
  former,
  now,
  bucket,
  assets = [],
}: ReviewedTemplates): Promise<ReadonlyMap<string, Uint8Array>> {
  // In user data, quotes are escaped.
  const texts = `${former}\n${now}`.split(/\\?"/);
  const places = texts.filter((text) => text.startsWith('i2kit/') && /\/[0-9a-f]{64}$/.test(text));
  const keys = new Map(places.map((key) => [key.slice(-64), key]));
  const known = new Map(assets.map(({ sha256, bytes }) => [sha256, bytes]));
  const changed = [...keys].filter(([sha256]) => former.includes(sha256) !== now.includes(sha256));
  const found = await Promise.all(
    changed.map(async ([sha256, key]) => {
      const bytes = known.get(sha256) ?? (await bucket?.getAsset?.(key, sha256));
      return bytes ? [[sha256, bytes] as const] : [];
    }),
  );
  return new Map(found.flat());
}

/** JSON is YAML too; an unreadable template is shown as new. */
export function parseTemplate(text: string): Template {
  const value: unknown = text.startsWith('{') ? JSON.parse(text) : parse(text);
  return typeof value === 'object' && value !== null && 'Resources' in value ? (value as Template) : { Resources: {} };
}

type Guard = NonNullable<StackReview['effects'][number]['guard']>;

type AllowFlag = FlagName & ('allow-replace' | 'allow-rights' | 'allow-network');

/** The flag that allows each; no flag allows a change that CloudFormation would refuse. */
const allowFlags: Readonly<Record<Guard, AllowFlag | undefined>> = {
  data: guardTable.data.flag,
  address: guardTable.address.flag,
  rights: guardTable.rights.flag,
  network: guardTable.network.flag,
  fails: undefined,
};

const guardReasons: Readonly<Record<Guard, string>> = {
  data: 'data would be lost',
  address: 'an address would change',
  rights: 'permissions would widen',
  network: 'the network would open',
  fails: 'CloudFormation would refuse it in the middle of the update',
};

/** A problem for each effect that no flag allows. */
export function guardProblems({ effects }: StackReview, values: Values): readonly Problem[] {
  return effects.flatMap(({ guard, ids, object, text }) => {
    const [id = ''] = ids;
    if (!guard) return [];
    const flag = allowFlags[guard];
    // By any of its resources, or by the object as it is shown.
    const names = [...ids, object, object.replace('/default/', '/')];
    if (flag !== undefined && values[flag]?.some((name) => names.includes(name))) return [];
    const way = flag === undefined ? 'Change the manifests.' : `To allow it: --${flag} ${id}`;
    return [{ message: printable(`${object || id}: ${text}: ${guardReasons[guard]}. ${way}`) }];
  });
}
