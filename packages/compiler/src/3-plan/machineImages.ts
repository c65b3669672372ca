// The machine image that a workload boots: the one that the user chose, by the keys `[Kind/][namespace/]name`, else the one that was built for it.

import { annotationValue } from '../annotations/index.ts';
import { appRef, type ObjectRef, pathText, type Report } from '../diagnostic.ts';
import { type ImageSource, imageBaseOf, imageKey } from '../image/index.ts';
import type { Manifest } from '../manifest.ts';
import type { CompileOptions, ImageChoice } from '../options.ts';

// Which image a workload boots: the one that the user chose, by the keys `[Kind/][namespace/]name`, else the one that was built for it.

type Images = Readonly<Record<string, ImageChoice>>;

/** As much of its name as a key may say, the most specific first. */
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

/** The image that was built for the group, by what it is made of: that of the region, or of each where none is named. */
export function builtImage(group: ImageSource, { lock, config }: CompileOptions): ImageChoice | undefined {
  const key = lock && imageKey(group, lock, imageBaseOf(config));
  const amis = key === undefined ? undefined : lock?.amis?.[key];
  return config?.region === undefined ? amis : amis?.[config.region];
}

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html */
const imageIdPattern = /^ami-([0-9a-f]{8}|[0-9a-f]{17})$/;

/** Reports keys that mean no workload or several, and ids that are none. */
export function checkImages(workloads: readonly ObjectRef[], options: CompileOptions, report: Report): void {
  for (const [source, images] of [
    ['--image', options.images ?? {}],
    ['images', options.config?.images ?? {}],
  ] as const) {
    for (const [key, choice] of Object.entries(images as Images)) {
      const meant = workloads.filter((workload) => workloadNames(workload).includes(key));
      const object = meant[0] ?? appRef(options.app);
      const say = (code: 'I2K703' | 'I2K705', message: string, hint: string) =>
        report({ code, message, object, path: [], hint });
      const names = workloads.map((workload) => workloadNames(workload)[0]);
      if (meant.length === 0)
        say('I2K703', `${source} ${pathText([key])} names no workload`, `there are ${names.join(', ') || 'none'}`);
      if (meant.length > 1)
        say(
          'I2K703',
          `${source} ${pathText([key])} names ${meant.length} workloads`,
          `say which: ${meant.map((workload) => workloadNames(workload)[0]).join(', ')}`,
        );
      for (const id of typeof choice === 'string' ? [choice] : Object.values(choice)) {
        if (!imageIdPattern.test(id))
          say(
            'I2K705',
            `${source} ${pathText([key])}: ${JSON.stringify(id)} is not an image id`,
            'an id is `ami-` and 8 or 17 hexadecimal digits',
          );
      }
    }
  }
}

// Ordinals below a StatefulSet's partition keep the image that they have, which only the user can name: it is in no file of theirs any more.

/** Undefined of what is above the partition; a rule sees to it that the image below it is named. */
export function previousImage(set: Manifest<'StatefulSet'>, ordinal: number): string | undefined {
  const partition = set.object.spec.updateStrategy.rollingUpdate?.partition ?? 0;
  return ordinal < partition ? annotationValue(set, 'i2kit.dev/previous-image') : undefined;
}
