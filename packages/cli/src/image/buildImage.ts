// Builds one image's disk, and shows its steps.
import {
  type BuildEvent,
  type BuildStep,
  type BuiltDisk,
  makeImage,
  type RequiredImage,
  withVersions,
} from '@i2kit/image';
import type { ImageBuildInput } from '../ports/image.ts';
import type { BuildSession } from './buildSession.ts';

const stepTexts: Readonly<Record<BuildStep, string>> = {
  check: 'checking the configuration',
  linuxkit: 'building the root file system with linuxkit',
  stub: 'fetching the EFI stub',
  squashfs: 'compressing the root file system',
  disk: 'writing the disk',
};

export async function buildWithProgress(
  image: RequiredImage,
  { base }: ImageBuildInput,
  workshop: BuildSession,
): Promise<BuiltDisk> {
  const { lockRecorder: record, registry, progress: shown, interrupt, folders, mirrors, context } = workshop;
  const { key, groups, architecture } = image;
  const agent = await workshop.agent(architecture);
  const onEvent = (event: BuildEvent): void => {
    if (event.kind === 'step') shown.add({ kind: 'step', key, step: stepTexts[event.step] });
    if (event.kind === 'line') shown.add({ kind: 'line', key, text: event.text });
    if (event.kind === 'written')
      shown.add({ kind: 'bytes', key, step: stepTexts.disk, done: event.done, total: event.total });
    if (event.kind === 'warning') shown.add({ kind: 'warning', message: event.message });
    if (event.kind === 'found') shown.add({ kind: 'note', message: `${key.slice(0, 12)}  already built` });
  };
  const build = await makeImage(image, {
    lock: record.lock(),
    base,
    registry,
    agent: agent.path,
    ...folders,
    mirrors,
    env: context.io.env,
    signal: interrupt.signal,
    onEvent,
  });
  record.update((lock) => withVersions(lock, { linuxkit: build.linuxkit }));
  shown.add({ kind: 'disk', key, groups, path: build.path, size: build.size });
  return build;
}
