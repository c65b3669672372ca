// Reads policy documents into grants; anything that is not a plain statement is one unreadable grant.
import { canonicalJson, isObject, type Json, parseJson } from '@i2kit/common';
import { valueText } from '../render/format.ts';
import { intrinsic, isList } from '../template.ts';
import { type Grant, type Selection, single } from './grants.ts';
import { anything, exactly, type PatternOptions, patternOf } from './patterns.ts';

const everything: Selection = single(anything);

/** A part that may grant or deny anything. */
export function unreadableGrant(value: Json, label = ''): Grant {
  const text = `${label}${valueText(value)}`;
  const shown = text.length <= maxLength ? text : `${text.slice(0, maxLength)}…`;
  const pattern = { ...exactly(value, `${label}${canonicalJson(value)}`), text: shown };
  return {
    kind: 'unreadable',
    effect: 'Allow',
    action: everything,
    resource: single(pattern),
    principal: everything,
  };
}

/** The whole part is among the changed properties. */
const maxLength = 80;

/** `kind` is `trust` for the document that says who may assume a role. */
export function documentGrants(given: Json | undefined, kind: 'statement' | 'trust'): readonly Grant[] {
  if (given === undefined) return [];
  const document = typeof given === 'string' ? parsedDocument(given) : given;
  if (!isObject(document) || !hasOnly(document, ['Version', 'Id', 'Statement'])) return [unreadableGrant(given)];
  const { Version = '2008-10-17', Statement = [] } = document;
  if (Version !== '2008-10-17' && Version !== '2012-10-17') return [unreadableGrant(given)];
  const all = isList(Statement) ? Statement : [Statement];
  return all.flatMap((statement) => statementGrants(statement, kind, Version === '2012-10-17'));
}

/** Another reader may take another one of two equal keys: only a text that says the same again is read. */
function parsedDocument(text: string): Json | undefined {
  const value = parseJson(text) as Json | undefined;
  const forms = [undefined, 1, 2, 3, 4, '\t'].map((indent) => JSON.stringify(value, null, indent));
  return forms.includes(text.trim()) ? value : undefined;
}

function statementGrants(statement: Json, kind: 'statement' | 'trust', variables: boolean): readonly Grant[] {
  const unreadable = [unreadableGrant(statement)];
  if (!isObject(statement) || !hasOnly(statement, statementKeys)) return unreadable;
  const { Effect, Condition, Principal, NotPrincipal } = statement;
  if (Effect !== 'Allow' && Effect !== 'Deny') return unreadable;
  const actions = selections(statement['Action'], statement['NotAction'], { ignoresCase: true, variables });
  const named = statement['Resource'] !== undefined || statement['NotResource'] !== undefined;
  const resources = named ? selections(statement['Resource'], statement['NotResource'], { variables }) : [everything];
  const all = Principal === undefined && NotPrincipal === undefined;
  const principals = all ? [everything] : principalSelections(Principal, NotPrincipal);
  if (!actions || !resources || !principals || (kind === 'trust' && (named || all))) return unreadable;
  return actions.flatMap((action) =>
    resources.flatMap((resource) =>
      principals.map((principal) => ({
        kind,
        effect: Effect,
        action,
        resource,
        principal,
        ...(Condition !== undefined &&
          canonicalJson(Condition) !== '{}' && { condition: { value: Condition, variables } }),
      })),
    ),
  );
}

const statementKeys = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

/** One selection for each value, or one for all that are excluded; undefined if neither or both are given, or not as texts. */
function selections(
  given: Json | undefined,
  excluded: Json | undefined,
  options: PatternOptions,
): readonly Selection[] | undefined {
  if ((given === undefined) === (excluded === undefined)) return undefined;
  const values = listOf(given ?? excluded);
  if (!values.every(isText)) return undefined;
  const patterns = values.map((value) => patternOf(value, options));
  return given === undefined ? [{ except: true, patterns }] : patterns.map(single);
}

/** Principals have no wildcards but `*` as a whole. */
function principalSelections(given: Json | undefined, excluded: Json | undefined): readonly Selection[] | undefined {
  if ((given === undefined) === (excluded === undefined)) return undefined;
  const value = given ?? excluded;
  const found =
    isObject(value) && !intrinsic(value)
      ? Object.entries(value).flatMap(([type, names]) => listOf(names).map((name) => [type, name] as const))
      : [['', value ?? null] as const];
  if (found.some(([type, name]) => !isText(name) || type === 'Ref' || type.startsWith('Fn::'))) return undefined;
  const patterns = found.map(([type, name]) =>
    name === '*' && type === '' ? anything : exactly(name, canonicalJson([type, name])),
  );
  return given === undefined ? [{ except: true, patterns }] : patterns.map(single);
}

const isText = (value: Json): boolean =>
  typeof value === 'string' || typeof value === 'number' || intrinsic(value) !== undefined;

const hasOnly = (object: { readonly [key: string]: Json }, keys: readonly string[]): boolean =>
  Object.keys(object).every((key) => keys.includes(key));

export const listOf = (value: Json | undefined): readonly Json[] =>
  value === undefined ? [] : isList(value) ? value : [value];
