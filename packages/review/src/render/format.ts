// Renders values, property paths and foreign text as one safe line.

import { isObject, type Json } from '@i2kit/common';
import { orderKey } from '../diff/valueChanges.ts';
import { intrinsic, isList } from '../template.ts';

/** A value as one line; intrinsic functions in a short form. */
export function valueText(value: Json | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  const call = intrinsic(value);
  if (call) return intrinsicText(call);
  if (isList(value)) return `[${value.map(elementText).join(', ')}]`;
  if (!isObject(value)) return String(value);
  return `{${Object.entries(value)
    .map(([key, inner]) => `${plainOrQuoted(key)}: ${elementText(inner)}`)
    .join(', ')}}`;
}

/** Quoted, so that two elements never look like one: a text may contain commas and brackets. */
const elementText = (value: Json): string => (typeof value === 'string' ? JSON.stringify(value) : valueText(value));

const plainOrQuoted = (key: string): string => (/^[\w.:/@-]+$/.test(key) ? key : JSON.stringify(key));

function intrinsicText([name, argument]: readonly [string, Json]): string {
  if (name === 'Ref') return `\${${valueText(argument)}}`;
  if (name === 'Fn::GetAtt' && isList(argument)) return `\${${argument.map(valueText).join('.')}}`;
  if (name === 'Fn::Sub') {
    const [text, values] = isList(argument) ? argument : [argument];
    if (typeof text !== 'string' || !isObject(values)) return valueText(text);
    return text.replace(/\$\{([^!${}][^${}]*)\}/g, (whole, key: string) =>
      Object.hasOwn(values, key) ? valueText(values[key]) : whole,
    );
  }
  if (name === 'Fn::Ssm') return `ssm:${valueText(argument)}`;
  if (name === 'Fn::Base64') return valueText(argument);
  if (name === 'Fn::Join' && isList(argument) && isList(argument[1]))
    return argument[1].map(valueText).join(valueText(argument[0]));
  return `${name.replace('Fn::', '')}(${valueText(argument)})`;
}

/** `LaunchTemplateData.UserData.pod.containers.[web].env.[LOG].value` -> `containers[web].env[LOG]`. */
export function propertyNameOf(path: readonly string[]): string {
  const at = path.indexOf('UserData');
  const inner = at < 0 ? path : path.slice(at + 1);
  const shown = at >= 0 && inner.length === 0 ? ['user data'] : inner[0] === 'pod' ? inner.slice(1) : inner;
  const named =
    shown.length > 1 && shown[shown.length - 1] === 'value' && shown[shown.length - 2]?.startsWith('[')
      ? shown.slice(0, -1)
      : shown;
  const ordered = named[named.length - 1] === orderKey;
  const name = (ordered ? named.slice(0, -1) : named).reduce(
    (text, key) => (key.startsWith('[') || text === '' ? `${text}${key}` : `${text}.${key}`),
    '',
  );
  return ordered ? `order of ${name}` : name;
}
