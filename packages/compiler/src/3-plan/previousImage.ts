// Ordinals below a StatefulSet's partition keep the image that they have, which only the user can name: it is in no file of theirs any more.
import { annotation } from '../annotations/index.ts';
import type { Manifest } from '../manifest.ts';

/** Undefined of what is above the partition; a rule sees to it that the image below it is named. */
export function previousImage(set: Manifest<'StatefulSet'>, ordinal: number): string | undefined {
  const partition = set.object.spec.updateStrategy.rollingUpdate?.partition ?? 0;
  return ordinal < partition ? annotation(set, 'i2kit.dev/previous-image') : undefined;
}
