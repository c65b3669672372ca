// Checks that no value of the input becomes template code: i2kit writes no dynamic references, and ids of letters and digits.
import { isObject } from '@i2kit/common';
import { appRef, configRef, type Finding, type ObjectRef, objectName, type Path } from '../../diagnostic.ts';
import type { AccountContext, Config } from '../../options.ts';
import type { Plan } from '../../plan.ts';
import type { Template } from '../../template.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html */
const dynamicReference = /\{\{\s*resolve\s*:/i;
const logicalId = /^[A-Za-z0-9]+$/;
const hint = 'A value is never template code. For a dynamic reference, set the property by `overrides` in i2kit.yaml.';

type Sections = Pick<Template, 'Resources' | 'Parameters' | 'Mappings' | 'Outputs' | 'Metadata'>;

/** Every text and every id of the template, before overrides change it. */
export function emittedTextFindings(sections: Sections, plan?: Plan): readonly Finding[] {
  const objects = plan === undefined ? new Map<string, ObjectRef>() : objectsOf(plan);
  const findings: Finding[] = [];
  for (const section of ['Resources', 'Parameters', 'Mappings', 'Outputs'] as const) {
    for (const [id, body] of Object.entries(sections[section] ?? {})) {
      const owner = ownerOf(body);
      const object = objects.get(owner) ?? appRef(owner);
      if (!logicalId.test(id))
        findings.push({
          code: 'I2K624',
          message: `${JSON.stringify(id)} cannot be the id of a part of the template`,
          object,
          path: [],
        });
      const text = dynamicTextIn(body);
      if (text !== undefined) findings.push(dynamicFinding(`${owner || section} has the value`, text, object, []));
    }
  }
  const inMetadata = dynamicTextIn(sections.Metadata);
  if (inMetadata !== undefined)
    findings.push(dynamicFinding('the Metadata have the value', inMetadata, appRef(''), []));
  return findings;
}

/** The same for settings, each at its place, and for the context file. Overrides are template code by their meaning. */
export function settingTextFindings(
  { overrides: _, ...settings }: Config,
  context: AccountContext | undefined,
  options: { readonly configName?: string },
): readonly Finding[] {
  const found = [...dynamicPaths(settings, [])].map(({ path, text }) =>
    dynamicFinding('the setting has the value', text, configRef(options), path),
  );
  const looked = dynamicTextIn(context);
  return looked === undefined
    ? found
    : [...found, dynamicFinding('i2kit.context.json has the value', looked, appRef(''), [])];
}

const dynamicFinding = (has: string, text: string, object: ObjectRef, path: Path): Finding => ({
  code: 'I2K623',
  message: `${has} ${JSON.stringify(text.slice(0, 200))}, which CloudFormation would replace`,
  object,
  path,
  hint,
});

const ownerOf = (body: unknown): string => {
  const metadata = isObject(body) ? body['Metadata'] : undefined;
  return String((isObject(metadata) ? metadata['i2kit:origin'] : undefined) ?? '').split('#')[0] ?? '';
};

function dynamicTextIn(value: unknown): string | undefined {
  const [first] = dynamicPaths(value, []);
  return first?.text;
}

/** The first text or key at each place that holds a dynamic reference, or becomes one where Fn::Join joins it. */
function* dynamicPaths(value: unknown, path: Path): Generator<{ readonly path: Path; readonly text: string }> {
  if (typeof value === 'string') {
    if (dynamicReference.test(value)) yield { path, text: value };
  } else if (Array.isArray(value)) {
    const joined = path.at(-1) === 'Fn::Join' ? joinedText(value) : '';
    if (dynamicReference.test(joined)) yield { path, text: joined };
    else for (const [index, item] of value.entries()) yield* dynamicPaths(item, [...path, index]);
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      if (dynamicReference.test(key)) yield { path: [...path, key], text: key };
      else yield* dynamicPaths(item, [...path, key]);
    }
  }
}

/** The texts that Fn::Join makes of its literal parts; a computed part ends a text. */
function joinedText([separator, parts]: readonly unknown[]): string {
  if (!Array.isArray(parts)) return '';
  return parts.map((part) => (typeof part === 'string' ? part : '\n')).join(String(separator));
}

/** By name, as the Metadata of resources have it. */
const objectsOf = ({ groups, endpoints, volumes, aliases, routers, headlessServices }: Plan): Map<string, ObjectRef> =>
  new Map(
    [...groups, ...endpoints, ...volumes, ...aliases, ...routers, ...headlessServices].map(({ origin: { object } }) => [
      objectName(object),
      object,
    ]),
  );
