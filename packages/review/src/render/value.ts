// A value in one line: intrinsic functions as one says them.
import { intrinsic, isList, isObject, type Json } from '../template.ts';

export function printed(value: Json | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  const call = intrinsic(value);
  if (call) return called(call);
  if (isList(value)) return `[${value.map(printed).join(', ')}]`;
  if (!isObject(value)) return String(value);
  return `{${Object.entries(value)
    .map(([key, inner]) => `${key}: ${printed(inner)}`)
    .join(', ')}}`;
}

function called([name, argument]: readonly [string, Json]): string {
  if (name === 'Ref') return `\${${printed(argument)}}`;
  if (name === 'Fn::GetAtt' && isList(argument)) return `\${${argument.map(printed).join('.')}}`;
  if (name === 'Fn::Sub') return printed(isList(argument) ? argument[0] : argument);
  if (name === 'Fn::Ssm') return `ssm:${printed(argument)}`;
  if (name === 'Fn::Base64') return printed(argument);
  if (name === 'Fn::Join' && isList(argument) && isList(argument[1])) return argument[1].map(printed).join(printed(argument[0]));
  return `${name.replace('Fn::', '')}(${printed(argument)})`;
}
