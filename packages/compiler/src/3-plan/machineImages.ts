// The machine image that a workload boots: the user's choice by key (`[Kind/][namespace/]name`), else the one built
// for it.

import { annotationValue } from '../annotations/index.ts';
import { appRef, type ObjectRef, pathText, type Report } from '../diagnostic.ts';
import { type ImageSource, imageBaseOf, imageKey } from '../image/index.ts';
import type { Manifest } from '../manifest.ts';
import type { CompileOptions, ImageChoice } from '../options.ts';

type Images = Readonly<Record<string, ImageChoice>>;

/** The names by which a key may refer to a workload, most specific first. */
const workloadNames = ({ kind, namespace, name }: ObjectRef) => [
  `${kind}/${namespace}/${name}`,
  `${namespace}/${name}`,
  `${kind}/${name}`,
  name,
];

/** The most specific key wins, and an option wins over the configuration. */
export function chosenImage(workload: ObjectRef, { images, config }: CompileOptions): ImageChoice | undefined {
  for (const choices of [images ?? {}, config?.images ?? {}]) {
    const key = workloadNames(workload).find((candidate) => Object.hasOwn(choices, candidate));
    if (key !== undefined) return choices[key];
  }
  return undefined;
}

/** The image built for the group's containers: of the configured region, or of each region if none is configured. */
export function builtImage(group: ImageSource, { lock, config }: CompileOptions): ImageChoice | undefined {
  const key = lock && imageKey(group, lock, imageBaseOf(config));
  const amis = key === undefined ? undefined : lock?.amis?.[key];
  return config?.region === undefined ? amis : amis?.[config.region];
}

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html */
const imageIdPattern = /^ami-([0-9a-f]{8}|[0-9a-f]{17})$/;

/** A hint repeats them for each wrong key. */
function someNames(workloads: readonly ObjectRef[]): string {
  const names = workloads.slice(0, maxNames).map((workload) => workloadNames(workload)[0]);
  return [...names, ...(workloads.length > maxNames ? [`and ${workloads.length - maxNames} more`] : [])].join(', ');
}

const maxNames = 20;

/** Reports keys that match no workload or several, and malformed image ids. */
export function checkImages(workloads: readonly ObjectRef[], options: CompileOptions, report: Report): void {
  const byName = new Map<string, ObjectRef[]>();
  for (const workload of workloads) {
    for (const name of new Set(workloadNames(workload))) {
      const others = byName.get(name);
      if (others) others.push(workload);
      else byName.set(name, [workload]);
    }
  }
  const known = someNames(workloads);
  for (const [source, images] of [
    ['--image', options.images ?? {}],
    ['images', options.config?.images ?? {}],
  ] as const) {
    for (const [key, choice] of Object.entries(images as Images)) {
      const meant = byName.get(key) ?? [];
      const object = meant[0] ?? appRef(options.app);
      const say = (code: 'I2K703' | 'I2K705', message: string, hint: string) =>
        report({ code, message, object, path: [], hint });
      if (meant.length === 0)
        say('I2K703', `${source} ${pathText([key])} names no workload`, `Workloads: ${known || 'none'}.`);
      if (meant.length > 1)
        say(
          'I2K703',
          `${source} ${pathText([key])} names ${meant.length} workloads`,
          `Use one of: ${someNames(meant)}.`,
        );
      for (const id of typeof choice === 'string' ? [choice] : Object.values(choice)) {
        if (!imageIdPattern.test(id))
          say(
            'I2K705',
            `${source} ${pathText([key])}: ${JSON.stringify(id)} is not an image id`,
            'An image id is `ami-` followed by 8 or 17 hexadecimal digits.',
          );
      }
    }
  }
}

/**
 * Ordinals below a StatefulSet's partition keep their previous image. The user names it, since no manifest describes
 * it any more. Undefined for ordinals from the partition on. A check rule ensures that the image below it is named.
 */
export function previousImage(set: Manifest<'StatefulSet'>, ordinal: number): string | undefined {
  const partition = set.object.spec.updateStrategy.rollingUpdate?.partition ?? 0;
  return ordinal < partition ? annotationValue(set, 'i2kit.dev/previous-image') : undefined;
}
