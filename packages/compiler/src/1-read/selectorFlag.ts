// Parses `-l`, the label selector of the objects to compile, in kubectl's syntax
// (k8s.io/apimachinery/pkg/labels/selector.go).
import type { Labels } from '../manifest.ts';

export type LabelMatcher = (labels: Labels) => boolean;

/** Splits at commas outside parentheses. */
const REQUIREMENT = /(?:[^,()]|\([^()]*\))+/g;
const KEY = String.raw`((?:[A-Za-z0-9][A-Za-z0-9.-]*/)?[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)`;
const VALUE = /^(?:[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)?$/;
const EXISTS = new RegExp(`^(!?) *${KEY}$`);
const EQUALS = new RegExp(`^${KEY} *(==|=|!=) *([^ =!()]*)$`);
const SET_MEMBERSHIP = new RegExp(`^${KEY} +(in|notin) *\\(([^()]*)\\)$`);

/** `undefined` if the text is not a selector. An empty one matches everything. */
export function parseSelector(text: string): LabelMatcher | undefined {
  if (text.trim() === '') return () => true;
  const parts = text.match(REQUIREMENT) ?? [];
  if (parts.join(',') !== text) return undefined;
  const requirements = parts.map((part) => requirementMatcher(part.trim()));
  if (!requirements.every((each) => each !== undefined)) return undefined;
  return (labels) => requirements.every((matches) => matches(labels));
}

function requirementMatcher(text: string): LabelMatcher | undefined {
  const [, not, key = ''] = EXISTS.exec(text) ?? [];
  if (not !== undefined) return (labels) => Object.hasOwn(labels, key) === (not === '');
  const [, name = '', operator, value = ''] = EQUALS.exec(text) ?? [];
  if (operator !== undefined) return valueMatcher(name, [value], operator !== '!=');
  const [, set = '', belongs, values = ''] = SET_MEMBERSHIP.exec(text) ?? [];
  if (belongs === undefined) return undefined;
  return valueMatcher(
    set,
    values.split(',').map((each) => each.trim()),
    belongs === 'in',
  );
}

/** An absent label is in no set: `!=` and `notin` match it. */
function valueMatcher(key: string, values: readonly string[], belongs: boolean): LabelMatcher | undefined {
  if (!values.every((value) => VALUE.test(value))) return undefined;
  return (labels) => (Object.hasOwn(labels, key) && values.includes(labels[key] ?? '')) === belongs;
}
