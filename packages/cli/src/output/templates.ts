// Templates as text: JSON, or YAML that CloudFormation's reader takes for the same values.
import type { Stack } from '@i2kit/compiler';

export type Format = 'json' | 'yaml';

export async function templateText({ template }: Stack, format: Format): Promise<string> {
  if (format === 'json') return `${JSON.stringify(template, null, 2)}\n`;
  const { stringify } = await import('yaml');
  // CloudFormation reads YAML 1.1, where `yes` and `2010-09-09` are no texts unless they are quoted.
  return stringify(template, { version: '1.1', aliasDuplicateObjects: false, lineWidth: 0 });
}

export const templateFile = ({ name }: Stack, format: Format): string => `${name}.template.${format}`;

/** What goes to standard output: one text, or several YAML documents that say whose they are. */
export async function stacksText(stacks: readonly Stack[], format: Format): Promise<string> {
  const texts = await Promise.all(stacks.map((stack) => templateText(stack, format)));
  if (texts.length === 1) return texts.join('');
  return texts.map((text, i) => `--- # ${stacks[i]?.name}\n${text}`).join('');
}
