// Effects on policies that are properties of other resources: of keys, endpoints, secrets and repositories.
import { type Comparison, objectOfChange } from '../comparison.ts';
import { typeNoun } from '../phrases.ts';
import { addedGrants, type Grant } from '../policies/grants.ts';
import { abbreviatedGrants, gainedGrantText } from '../policies/grantText.ts';
import { policyPropertiesOf } from '../policies/policyResources.ts';
import type { Effect } from './effect.ts';

/** In addition to the effects of the resources themselves; a new resource shows its policy among its properties. */
export const resourcePolicyEffects = ({ changes, fresh }: Comparison): readonly Effect[] =>
  fresh
    ? []
    : [...changes.values()].flatMap((change): readonly Effect[] => {
        if (change.action !== 'modify') return [];
        const [had, has] = [policyPropertiesOf(change.before), policyPropertiesOf(change.after)];
        const texts = [...new Set([...had.keys(), ...has.keys()])].flatMap((name) => {
          const words = policyText(had.get(name), has.get(name));
          return words === undefined ? [] : [`${typeNoun(change.type)}: ${name} ${words}`];
        });
        return texts.map((text) => ({
          verb: 'UPDATE',
          area: 'rights',
          object: objectOfChange(change),
          text,
          ids: [change.id],
          guard: 'rights',
          changes: [],
        }));
      });

/** Undefined if nothing widens. */
function policyText(had: readonly Grant[] | undefined, has: readonly Grant[] | undefined): string | undefined {
  if (has === undefined) return 'is removed, and the default of its service applies';
  const gained = addedGrants(had ?? [], has).map(gainedGrantText);
  return gained.length === 0 ? undefined : `gains ${abbreviatedGrants(gained)}`;
}
