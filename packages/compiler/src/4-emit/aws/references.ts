// Logical ids that a template value refers to in Ref, Fn::GetAtt and Fn::Sub.
import { isObject } from '@i2kit/common';

/** Without duplicates and pseudo parameters (`AWS::Region`). */
export function referencedIds(value: unknown): readonly string[] {
  const found = new Set<string>();
  collectReferences(value, found);
  return [...found].filter((id) => !id.startsWith('AWS::'));
}

function collectReferences(value: unknown, found: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) collectReferences(item, found);
  if (!isObject(value)) return;
  for (const key in value) {
    const inner = value[key];
    if (key === 'Ref' && typeof inner === 'string') found.add(inner);
    else if (key === 'Fn::GetAtt') found.add(String(Array.isArray(inner) ? inner[0] : String(inner).split('.')[0]));
    else if (key === 'Fn::Sub') collectSubstitutions(inner, found);
    else if (typeof inner === 'object') collectReferences(inner, found);
  }
}

/** `${!Literal}` is no reference, and names of the second argument are local. */
function collectSubstitutions(inner: unknown, found: Set<string>): void {
  const [text, own] = Array.isArray(inner) ? (inner as readonly unknown[]) : [inner];
  collectReferences(own, found);
  for (const [, name = ''] of String(text).matchAll(/\$\{([^!${}][^${}]*)\}/g)) {
    const id = name.trim().split('.')[0] ?? '';
    if (!isObject(own) || !Object.hasOwn(own, id)) found.add(id);
  }
}
