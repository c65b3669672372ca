// Unpacks user data: the agent's compressed payload becomes a document, so that a review shows changed fields instead
// of changed bytes.
import { isObject, type Json } from '@i2kit/common';
import { base64 } from '@scure/base';
import { gunzipSync, strFromU8 } from 'fflate';
import { intrinsic, isList, type Template } from '../template.ts';

/** Payloads stored in the environment's bucket: lower-case hexadecimal SHA-256 → bytes. */
export type Payloads = ReadonlyMap<string, Uint8Array>;

/**
 * The template with each machine's document in place of its user data; user data that i2kit did not write is
 * unchanged.
 */
export function unpackUserData(template: Template, payloads: Payloads = new Map()): Template {
  const value = (json: Json): Json => {
    if (isList(json)) return json.map(value);
    if (!isObject(json)) return json;
    return Object.fromEntries(
      Object.entries(json).map(([key, inner]) => [
        key,
        (key === 'UserData' && agentDocumentOf(inner, payloads)) || value(inner),
      ]),
    );
  };
  return { ...template, Resources: value(template.Resources as unknown as Json) as unknown as Template['Resources'] };
}

function agentDocumentOf(userData: Json, payloads: Payloads): Json | undefined {
  const [, joined] = intrinsic(userData) ?? [];
  const [name, argument] = intrinsic(joined) ?? [];
  const parts = name === 'Fn::Join' && isList(argument) && isList(argument[1]) ? argument[1] : undefined;
  // Any other function may put text together that is more than a value.
  if (!parts?.every((part) => (typeof part === 'string' ? !/[\u0001]|\\u0001/.test(part) : isReference(part))))
    return undefined;
  // References stand between quotes: each is replaced by a mark, and put back after parsing.
  const mark = (at: number) => `\u0001${at}`;
  const text = parts
    .map((part, at) => (typeof part === 'string' ? part : JSON.stringify(mark(at)).slice(1, -1)))
    .join('');
  const marks = new Map(parts.map((part, at) => [mark(at), part]));
  try {
    const plain: unknown = JSON.parse(text);
    // Another reader may take the first of two equal keys, or both: such a text is shown as it is written.
    if (JSON.stringify(plain) !== text) return undefined;
    const document = JSON.parse(text, (_, inner) => marks.get(inner) ?? inner) as { readonly [key: string]: Json };
    if (!String(document['apiVersion']).startsWith('i2kit.dev/agent/')) return undefined;
    const { payload, payloadObject, ...rest } = document;
    const bytes = typeof payload === 'string' ? base64.decode(payload) : payloads.get(sha256Of(payloadObject));
    if (!bytes) return document;
    const payloadText = strFromU8(gunzipSync(bytes));
    const inner = JSON.parse(payloadText) as { readonly [key: string]: Json };
    if (JSON.stringify(inner) !== payloadText || Object.keys(inner).some((key) => Object.hasOwn(rest, key)))
      return undefined;
    return { ...rest, ...inner };
  } catch {
    return undefined;
  }
}

const isReference = (value: Json): boolean => ['Ref', 'Fn::GetAtt', 'Fn::Ssm'].includes(intrinsic(value)?.[0] ?? '');

const sha256Of = (payloadObject: Json | undefined): string =>
  isObject(payloadObject) ? String(payloadObject['sha256']) : '';
