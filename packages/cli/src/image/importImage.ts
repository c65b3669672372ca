// Provides images in the account, existing or newly built and imported, and locks their ids.
import {
  checkImport,
  type Encryption,
  findImage,
  type ImageSpec,
  type ImportEvent,
  importImage,
  type RequiredImage,
  withAmis,
} from '@i2kit/image';
import type { Context } from '../context.ts';
import type { ImageBuildInput } from '../ports/image.ts';
import type { ImageAccount } from './account.ts';
import { buildWithProgress } from './buildImage.ts';
import type { BuildSession } from './buildSession.ts';

/** AMI by region. */
export type Amis = Readonly<Record<string, string>>;

export async function findOrImportImage(
  image: RequiredImage,
  input: ImageBuildInput,
  workshop: BuildSession,
  account: ImageAccount,
): Promise<Amis> {
  const { context, lockRecorder: record, progress: shown, interrupt } = workshop;
  const { key, groups } = image;
  const { home, call, ec2 } = account;
  const copies = splitList(context.values.regions);
  const accounts = splitList(context.values.accounts);
  const spec = imageSpec(image, input, context);
  checkImport(spec, [home, ...copies], accounts);
  const regions = [...new Set([home, ...copies])];
  const there = await Promise.all(
    regions.map(async (region) => [region, await findImage(ec2(region), call, key)] as const),
  );
  const missing = there.filter(([, id]) => id === undefined).map(([region]) => region);
  shown.add({
    kind: 'image',
    key,
    groups,
    why: missing.length > 0 ? `not yet in ${missing.join(', ')}` : 'exists',
  });
  let amis: Amis = Object.fromEntries(there.filter((pair): pair is readonly [string, string] => pair[1] !== undefined));
  if (missing.length > 0 || accounts.length > 0) {
    const { path } = await buildWithProgress(image, input, workshop);
    const via = context.values.import === 's3' ? 's3' : 'ebs';
    amis = await importImage({
      disk: path,
      spec,
      region: home,
      copies,
      accounts,
      ports: { ebs: await account.ebs(), ec2, ...(via === 's3' && { store: await account.store(input.env) }) },
      via,
      signal: interrupt.signal,
      onEvent: (event) => showImportEvent(event, image, workshop),
    });
  }
  record.update((lock) => withAmis(lock, key, amis));
  for (const [region, ami] of Object.entries(amis)) shown.add({ kind: 'ami', key, groups, region, ami });
  return amis;
}

/** `--regions a,b --regions c` */
export const splitList = (given: readonly string[] | undefined): string[] =>
  (given ?? []).flatMap((each) => each.split(',')).filter((each) => each !== '');

function imageSpec(
  { key, architecture }: RequiredImage,
  { app, env, config, base }: ImageBuildInput,
  context: Context,
): ImageSpec {
  const tags = { ...config.tags, 'i2kit:app': app, 'i2kit:env': env };
  return { key, architecture, boot: base.boot, encryption: imageEncryption(context), tags };
}

/** A key's ARN contains its region. */
function imageEncryption({ values }: Context): Encryption {
  if (values.encrypt === false) return { kind: 'none' };
  const keys = Object.fromEntries(
    splitList(values['kms-key'] === undefined ? [] : [values['kms-key']]).map((arn) => [arn.split(':')[3] ?? '', arn]),
  );
  return Object.keys(keys).length === 0 ? { kind: 'account' } : { kind: 'key', keys };
}

function showImportEvent(event: ImportEvent, { key }: RequiredImage, { progress: shown }: BuildSession): void {
  if (event.kind === 'uploaded')
    shown.add({ kind: 'bytes', key, step: 'uploading', done: event.done, total: event.total });
  else {
    const step = importStepText(event);
    if (step !== undefined) shown.add({ kind: 'step', key, step });
  }
}

function importStepText(event: Exclude<ImportEvent, { kind: 'uploaded' }>): string | undefined {
  switch (event.kind) {
    case 'waiting':
      return `waiting for ${event.for}${event.percent === undefined ? '' : `, ${event.percent} %`}`;
    case 'resumed':
      return `resuming with ${event.snapshot}`;
    case 'registered':
      return `registered ${event.image}`;
    case 'copying':
      return `copying to ${event.region} as ${event.image}`;
    case 'shared':
      return `shared in ${event.region} with ${event.accounts.join(', ')}`;
    default:
      // The image's id is printed immediately after.
      return undefined;
  }
}
