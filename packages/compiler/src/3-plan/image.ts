// Which image a workload boots: the one that the user chose, by the keys `[Kind/][namespace/]name`, else the one that was built for it.
import { appRef, type ObjectRef, pathText, type Report } from '../diagnostic.ts';
import { baseOf, type ImageSource, imageKey } from '../image/index.ts';
import type { CompileOptions, ImageChoice } from '../options.ts';

type Images = Readonly<Record<string, ImageChoice>>;

/** As much of its name as a key may say, the most specific first. */
const keysOf = ({ kind, namespace, name }: ObjectRef) => [`${kind}/${namespace}/${name}`, `${namespace}/${name}`, `${kind}/${name}`, name];

/** The most specific key wins, and an option wins over the configuration. */
export function imageOf(workload: ObjectRef, { images, config }: CompileOptions): ImageChoice | undefined {
  for (const choices of [images ?? {}, config?.images ?? {}]) {
    const key = keysOf(workload).find((candidate) => Object.hasOwn(choices, candidate));
    if (key !== undefined) return choices[key];
  }
  return undefined;
}

/** The image that was built for the group, by what it is made of: that of the region, or of each where none is named. */
export function builtImage(group: ImageSource, { lock, config }: CompileOptions): ImageChoice | undefined {
  const key = lock && imageKey(group, lock, baseOf(config));
  const amis = key === undefined ? undefined : lock?.amis?.[key];
  return config?.region === undefined ? amis : amis?.[config.region];
}

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html */
const imageId = /^ami-([0-9a-f]{8}|[0-9a-f]{17})$/;

/** Reports keys that mean no workload or several, and ids that are none. */
export function checkImages(workloads: readonly ObjectRef[], options: CompileOptions, report: Report): void {
  for (const [source, images] of [
    ['--image', options.images ?? {}],
    ['images', options.config?.images ?? {}],
  ] as const) {
    for (const [key, choice] of Object.entries(images as Images)) {
      const meant = workloads.filter((workload) => keysOf(workload).includes(key));
      const object = meant[0] ?? appRef(options.app);
      const say = (code: 'I2K703' | 'I2K705', message: string, hint: string) => report({ code, message, object, path: [], hint });
      const names = workloads.map((workload) => keysOf(workload)[0]);
      if (meant.length === 0) say('I2K703', `${source} ${pathText([key])} names no workload`, `there are ${names.join(', ') || 'none'}`);
      if (meant.length > 1)
        say(
          'I2K703',
          `${source} ${pathText([key])} names ${meant.length} workloads`,
          `say which: ${meant.map((workload) => keysOf(workload)[0]).join(', ')}`,
        );
      for (const id of typeof choice === 'string' ? [choice] : Object.values(choice)) {
        if (!imageId.test(id))
          say(
            'I2K705',
            `${source} ${pathText([key])}: ${JSON.stringify(id)} is not an image id`,
            'an id is `ami-` and 8 or 17 hexadecimal digits',
          );
      }
    }
  }
}
