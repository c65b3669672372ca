// Effects of template code that no review can follow: transforms, dynamic references, conditions and loops.
import { isObject, type Json, listText } from '@i2kit/common';
import { type Comparison, objectOfChange } from '../comparison.ts';
import { literalText } from '../policies/patterns.ts';
import { valueText } from '../render/format.ts';
import { isList, type Resource, unreadableType } from '../template.ts';
import type { Effect } from './effect.ts';

/** In addition to other effects. A transform may make anything of a resource, also in a new stack. */
export const unreadableEffects = ({ changes, fresh }: Comparison): readonly Effect[] =>
  [...changes.values()].flatMap((change): readonly Effect[] => {
    const { id, after } = change;
    if (after === undefined) return [];
    const known = new Set(codeOf(change.before));
    const gained = codeOf(after).filter((each) => !known.has(each));
    const condition = change.action === 'modify' && change.changes.some(({ path: [first] }) => first === '(Condition)');
    const found = [...gained, ...(condition ? ['another condition'] : [])];
    if (found.length === 0) return [];
    const isGuarded = !fresh || gained.some((each) => each.startsWith('a transform') || each.startsWith('it is'));
    return [
      {
        verb: 'UPDATE',
        area: 'rights',
        object: objectOfChange(change),
        text: `is not readable: ${listText(found)}`,
        ids: [id],
        ...(isGuarded && { guard: 'rights' as const }),
        changes: [],
      },
    ];
  });

function codeOf(resource: Resource | undefined): readonly string[] {
  const found: string[] = resource?.Type === unreadableType ? ['it is no plain resource'] : [];
  const visit = (value: Json, path: readonly string[]): void => {
    // A function may put a reference together.
    for (const [reference] of literalText(value).matchAll(/\{\{\s*resolve:[^{}]*(?:\}\})?/g))
      found.push(`the secret or parameter ${reference} in ${path.join('.')}`);
    if (isList(value)) for (const [at, each] of value.entries()) visit(each, [...path, String(at)]);
    else if (isObject(value)) {
      for (const [key, each] of Object.entries(value)) {
        if (key === 'Fn::Transform' || key.startsWith('Fn::ForEach'))
          found.push(`a transform in ${path.join('.') || 'the resource'}: ${valueText(each)}`);
        else visit(each, [...path, key]);
      }
    }
  };
  if (resource) visit(resource as unknown as Json, []);
  return [...new Set(found)];
}
