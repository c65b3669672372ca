// Computes the change of each resource between two templates, and carries replacements on to the resources that refer
// to them.
import { objectOf, type Resource, type Template } from '../template.ts';
import { createdProperties } from './createdProperties.ts';
import { type Reference, referencesIn } from './references.ts';
import { type Replacement, replacementOf, strongestReplacement } from './replacement.ts';
import { type ValueChange, valueChanges } from './valueChanges.ts';

export interface PropertyChange extends ValueChange {
  readonly replacement: Replacement;
  /** Logical id of the referenced resource if only its value changes, and not the text of this property. */
  readonly because?: string;
}

export interface ResourceChange {
  readonly id: string;
  readonly type: string;
  readonly action: 'add' | 'remove' | 'modify';
  readonly before?: Resource;
  readonly after?: Resource;
  readonly replacement: Replacement;
  readonly changes: readonly PropertyChange[];
}

/** The same templates with their user data packed. */
export interface PackedTemplates {
  readonly before: Template;
  readonly after: Template;
}

/** Expects resolved templates, with unpacked user data. By logical id, without unchanged resources. */
export function resourceChanges(
  before: Template,
  after: Template,
  packed: PackedTemplates = { before, after },
): ReadonlyMap<string, ResourceChange> {
  const ids = [...new Set([...Object.keys(before.Resources), ...Object.keys(after.Resources)])];
  const found = new Map(
    ids.flatMap((id) => {
      const change =
        directChange(id, before, after) ?? hiddenChange(id, packed.before.Resources[id], packed.after.Resources[id]);
      return change ? [[id, change] as const] : [];
    }),
  );
  const uses = new Map(
    Object.entries(after.Resources).map(([id, resource]) => [id, referencesIn(resource.Properties ?? {})]),
  );
  // A replacement may cause further ones: repeat until there are none.
  for (let changed = true; changed; ) {
    changed = false;
    for (const [id, used] of uses) {
      const next = propagatedChange(found, id, used, before.Resources[id], after.Resources[id]);
      if (next) found.set(id, next);
      changed ||= next !== undefined;
    }
  }
  return found;
}

/** Attributes beside the properties. */
const resourceAttributes = [
  'DependsOn',
  'CreationPolicy',
  'UpdatePolicy',
  'DeletionPolicy',
  'UpdateReplacePolicy',
  'Condition',
] as const;

function directChange(id: string, templateBefore: Template, templateAfter: Template): ResourceChange | undefined {
  const [before, after] = [templateBefore.Resources[id], templateAfter.Resources[id]];
  if (!before) {
    if (!after) return undefined;
    const changes = createdProperties(after, isOwnResource(templateBefore, templateAfter, after));
    return { id, type: after.Type, action: 'add', after, replacement: 'never', changes };
  }
  if (!after) return { id, type: before.Type, action: 'remove', before, replacement: 'never', changes: [] };
  const type = after.Type;
  // "Update of resource type is not permitted."
  if (before.Type !== type) {
    const changes = [{ path: ['Type'], before: before.Type, after: type, replacement: 'refused' as const }];
    return { id, type, action: 'modify', before, after, replacement: 'refused', changes };
  }
  const attributes = resourceAttributes.flatMap((name) =>
    valueChanges(before[name], after[name], [`(${name})`]).map((change) => ({
      ...change,
      replacement: 'never' as const,
    })),
  );
  return modification(id, before, after, [
    ...propertyChanges(before, after),
    ...attributes,
    ...metadataChanges(before, after),
  ]);
}

/** True for new resources, for those of the app and of the same object, and for parameters. */
const isOwnResource =
  (before: Template, after: Template, resource: Resource) =>
  (id: string): boolean => {
    const [object, other] = [objectOf(resource), objectOf(after.Resources[id])];
    return (
      before.Resources[id] === undefined || (other !== undefined && (other === object || other.startsWith('App/')))
    );
  };

/** A change that unpacked user data does not show; undefined if there is none. */
function hiddenChange(
  id: string,
  before: Resource | undefined,
  after: Resource | undefined,
): ResourceChange | undefined {
  return before && after ? modification(id, before, after, propertyChanges(before, after)) : undefined;
}

function modification(
  id: string,
  before: Resource,
  after: Resource,
  changes: readonly PropertyChange[],
): ResourceChange | undefined {
  if (changes.length === 0) return undefined;
  const replacement = strongestReplacement(changes.map((change) => change.replacement));
  return { id, type: after.Type, action: 'modify', before, after, replacement, changes };
}

const propertyChanges = (before: Resource, after: Resource): readonly PropertyChange[] =>
  valueChanges(before.Properties ?? {}, after.Properties ?? {}).map((change) => ({
    ...change,
    replacement: replacementOf(after.Type, change.path),
  }));

/** Without the origin, which only says where a resource comes from. */
function metadataChanges(before: Resource, after: Resource): readonly PropertyChange[] {
  const withoutOrigin = ({ Metadata = {} }: Resource) =>
    Object.fromEntries(Object.entries(Metadata).filter(([key]) => key !== 'i2kit:origin'));
  return valueChanges(withoutOrigin(before), withoutOrigin(after), ['(Metadata)']).map((change) => ({
    ...change,
    replacement: 'never' as const,
  }));
}

/** The change including those of its references; undefined if these add nothing. */
function propagatedChange(
  found: ReadonlyMap<string, ResourceChange>,
  id: string,
  used: readonly Reference[],
  before: Resource | undefined,
  after: Resource | undefined,
): ResourceChange | undefined {
  if (!before || !after || before.Type !== after.Type) return undefined;
  const known = found.get(id);
  const news = used.flatMap(({ path, to, attribute }): PropertyChange[] => {
    const target = found.get(to);
    const moves =
      target &&
      (target.replacement === 'will' || target.replacement === 'may'
        ? target.replacement
        : replacementByVersion(target, attribute));
    if (!moves || known?.changes.some((change) => startsWith(path, change.path))) return [];
    const own = replacementOf(after.Type, path);
    return [{ path, because: to, replacement: own === 'will' && moves === 'may' ? 'may' : own }];
  });
  if (news.length === 0) return undefined;
  const changes = [...(known?.changes ?? []), ...news];
  return {
    id,
    type: after.Type,
    action: 'modify',
    before,
    after,
    replacement: strongestReplacement(changes.map(({ replacement }) => replacement)),
    changes,
  };
}

/** A changed launch template gets another latest version but is not replaced. */
const replacementByVersion = (target: ResourceChange, attribute: string | undefined): 'will' | undefined =>
  target.type === 'AWS::EC2::LaunchTemplate' && target.action === 'modify' && attribute === 'LatestVersionNumber'
    ? 'will'
    : undefined;

const startsWith = (path: readonly string[], start: readonly string[]): boolean =>
  start.every((key, at) => path[at] === key);
