// Image references: present and valid. As the grammar of distribution/reference.
import { containerRule } from '../rule.ts';

const HOST =
  '(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*|\\[[a-fA-F0-9:]+\\])(?::\\d+)?';
const PATH_PART = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const TAG = '(?::\\w[\\w.-]{0,127})?';
const DIGEST = '(?:@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?';
const REFERENCE = new RegExp(`^(?:${HOST}/)?${PATH_PART}(?:/${PATH_PART})*${TAG}${DIGEST}$`);

export const imageReferences = containerRule(['I2K306'], ({ container: { name, image }, path }, reportAt) => {
  if (!image) reportAt([...path, 'image'], `the container ${name} has no image`);
  else if (!REFERENCE.test(image)) {
    reportAt([...path, 'image'], `${JSON.stringify(image)} is not an image reference`, {
      hint: 'Write `[registry/]name[:tag][@digest]`, the name in lower case.',
    });
  }
});
