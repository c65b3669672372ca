// Finds lines that must not be shown: a Secret's values must not appear in logs.
import type { Place } from '../1-read/diagnosticPlaces.ts';
import type { Diagnostic, ObjectRef, Path } from '../diagnostic.ts';

/** True if the line may hold a Secret's value. */
export function mayShowSecret(
  { object, path, offset }: Pick<Diagnostic, 'object' | 'path' | 'offset'>,
  { text, document: part }: Place,
): boolean {
  if (offset !== undefined) return /\bkind["']?\s*:\s*["']?Secret\b/.test(text.slice(part.start, part.end));
  return isSecretValuePath(object, path);
}

/**
 * A mistyped `data` is still data. Annotations count as well: `kubectl apply` stores a copy of the whole object in
 * one.
 */
function isSecretValuePath({ kind }: ObjectRef, path: Path): boolean {
  if (kind.toLowerCase() !== 'secret') return false;
  const [first = ''] = path;
  return (
    !['apiVersion', 'kind', 'metadata', 'type', 'immutable'].includes(String(first)) || path.includes('annotations')
  );
}
