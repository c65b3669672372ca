// Parses `--image web=ami-…` and `--image web=eu-west-1:ami-…,us-east-1:ami-…` into a table of images.
import { compareText, escapeInvisible } from '@i2kit/common';
import type { Diagnostic, ImageChoice } from '@i2kit/compiler';
import { diagnosticAt } from '../diagnostic.ts';
import { flagDiagnostics, schemaViolations } from './schemaViolations.ts';

export interface ImageChoices {
  readonly images: Readonly<Record<string, ImageChoice>>;
  readonly problems: readonly Diagnostic[];
}

export function parseImageFlags(given: readonly string[]): ImageChoices {
  const images = new Map<string, ImageChoice>();
  const problems: Diagnostic[] = [];
  const wrong = (text: string, message: string) =>
    problems.push(
      diagnosticAt('I2K735', message, {
        source: `--image ${escapeInvisible(text)}`,
        hint: 'For example: web=ami-0123456789abcdef0.',
      }),
    );
  for (const text of given) {
    const [, name, value] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
    const choice = value === undefined ? undefined : parseImageChoice(value);
    if (name === undefined || choice === undefined) {
      wrong(text, 'this is neither NAME=AMI nor NAME=REGION:AMI,REGION:AMI');
    } else if (images.has(name) && JSON.stringify(images.get(name)) !== JSON.stringify(choice)) {
      wrong(text, `'${escapeInvisible(name)}' has another image already`);
    } else {
      const shapes = schemaViolations('config', { images: { [name]: choice } });
      problems.push(
        ...flagDiagnostics(
          `--image ${escapeInvisible(text)}`,
          shapes.map((shape) => ({ ...shape, code: 'I2K735' })),
        ),
      );
      images.set(name, choice);
    }
  }
  return { images: Object.fromEntries(images), problems };
}

/** Undefined if regions and plain ids are mixed, or a region occurs twice. */
function parseImageChoice(value: string): ImageChoice | undefined {
  if (!/[:,]/.test(value)) return value;
  const pairs = value.split(',').map((part) => part.split(':'));
  if (pairs.some((pair) => pair.length !== 2) || new Set(pairs.map(([region]) => region)).size < pairs.length)
    return undefined;
  return Object.fromEntries(pairs.sort(([a = ''], [b = '']) => compareText(a, b)) as [string, string][]);
}
