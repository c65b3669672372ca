// Whether an object is of a kind and version that compile; if not, why not and what was probably meant.
import type { ObjectRef, Report } from '../../diagnostic.ts';
import { isKind, kinds } from '../../kinds/index.ts';
import type { Kind } from '../../kinds/kind.ts';
import { others } from '../../kinds/others.ts';
import { nearest } from '../../nearest.ts';

/** What became of the object: a kind to compile, one that was refused, or nothing that anyone will ask for. */
export type Recognised = { readonly kind: Kind } | { readonly refused: Kind } | undefined;

const KNOWN = [...Object.keys(kinds), ...Object.keys(others)];

/** @param ignored kinds as `Kind` or `Kind.group`, as the user named them */
export function recognise(object: ObjectRef, ignored: readonly string[], report: Report): Recognised {
  const { kind, apiVersion } = object;
  const group = groupOf(apiVersion);
  if (ignored.includes(kind) || (group !== '' && ignored.includes(`${kind}.${group}`))) {
    report({ code: 'I2K136', message: `the ${kind} is passed over, as --ignore-kind asks`, object, path: ['kind'] });
    return isKind(kind) ? { refused: kind } : undefined;
  }
  if (isKind(kind)) return ofKind(kind, object, report);
  const other = Object.hasOwn(others, kind) ? others[kind] : undefined;
  if (other?.apiVersions.some((version) => groupOf(version) === group)) {
    const refused = other.verdict === 'refused';
    const hint = other.hint ?? (refused ? `--ignore-kind ${kind} passes over it` : undefined);
    const message = `a ${kind} ${other.why}`.replace(/^a (?=[AEIO])/, 'an ');
    report({ code: refused ? 'I2K134' : 'I2K135', message, object, path: ['kind'], ...(hint !== undefined && { hint }) });
    return undefined;
  }
  const meant = group === '' || isBuiltIn(group) ? nearest(kind, KNOWN) : undefined;
  reportUnknown(object, meant !== kind ? meant : undefined, report);
  return meant !== undefined && isKind(meant) ? { refused: meant } : undefined;
}

function ofKind(kind: Kind, object: ObjectRef, report: Report): Recognised {
  const { apiVersion: present, former } = kinds[kind];
  const { apiVersion } = object;
  if (apiVersion === present) return { kind };
  const isFormer = former.includes(apiVersion);
  if (!isFormer && groupOf(apiVersion) !== groupOf(present) && groupOf(apiVersion).includes('.') && !isBuiltIn(groupOf(apiVersion))) {
    reportUnknown(object, undefined, report);
    return undefined;
  }
  report({
    code: 'I2K133',
    message: isFormer ? `Kubernetes no longer has ${kind} in ${apiVersion}` : `Kubernetes has no ${kind} in ${apiVersion}`,
    object,
    path: ['apiVersion'],
    hint: `write apiVersion: ${present}`,
  });
  return { refused: kind };
}

function reportUnknown(object: ObjectRef, meant: string | undefined, report: Report): void {
  const { kind, apiVersion } = object;
  const group = groupOf(apiVersion);
  const name = isKind(kind) ? `${kind}.${group}` : kind;
  const hint = meant ? `write kind: ${meant}` : `--ignore-kind ${name} passes over it, if the app does without`;
  report({ code: 'I2K132', message: `there is no kind ${kind} in ${apiVersion} that i2kit knows`, object, path: ['kind'], hint });
}

const groupOf = (apiVersion: string): string => apiVersion.slice(0, Math.max(apiVersion.indexOf('/'), 0));

/** Groups of Kubernetes itself; all others belong to custom resources. */
function isBuiltIn(group: string): boolean {
  return !group.includes('.') || group.endsWith('.k8s.io');
}
