// Keys and values of labels, and keys and size of annotations. As ValidateLabels and ValidateAnnotations of apimachinery.
import type { Path } from '../../diagnostic.ts';
import type { ObjectMeta } from '../../generated/kubernetes.ts';
import { isBare, podOf, templatePath } from '../../kinds/shared/pods.ts';
import { utf8Length } from '../../kinds/shared/text.ts';
import { labelValue, qualifiedName } from '../formats.ts';
import { type Rule, type Say, sayOf } from '../rule.ts';

/** TotalAnnotationSizeLimitB. */
const MOST = 256 * 1024;

export const labels: Rule = {
  codes: ['I2K302', 'I2K303'],
  check(all, report) {
    for (const manifest of all.all) {
      const say = sayOf(manifest, 'I2K302', report);
      checkMeta(manifest.object.metadata, ['metadata'], say);
      const pod = podOf(manifest);
      if (pod && !isBare(pod)) checkMeta(pod.template.metadata, [...templatePath(pod), 'metadata'], say);
    }
  },
};

function checkMeta({ labels = {}, annotations = {} }: ObjectMeta, path: Path, say: Say): void {
  for (const [key, value] of Object.entries(labels)) {
    const at = [...path, 'labels', key];
    const wrongKey = qualifiedName(key);
    if (wrongKey) say(at, `the label key ${JSON.stringify(key)} ${wrongKey}`, { atKey: true });
    const wrongValue = labelValue(value);
    if (wrongValue) say(at, `the value ${JSON.stringify(value)} of the label ${key} ${wrongValue}`);
  }
  for (const key of Object.keys(annotations)) {
    const wrong = qualifiedName(key.toLowerCase());
    if (wrong) say([...path, 'annotations', key], `the annotation key ${JSON.stringify(key)} ${wrong}`, { code: 'I2K303', atKey: true });
  }
  const size = Object.entries(annotations).reduce((sum, [key, value]) => sum + utf8Length(key) + utf8Length(value), 0);
  if (size > MOST) say([...path, 'annotations'], `the annotations are ${size} bytes, more than ${MOST}`, { code: 'I2K303' });
}
