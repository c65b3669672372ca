// Finds lines that must not be shown: a Secret's values must not appear in logs.
import type { Place } from '../1-read/diagnosticPlaces.ts';
import { mayBeSecret, secretRanges } from '../1-read/secretText.ts';
import type { TextRange } from '../1-read/yaml/split.ts';
import type { Diagnostic, ObjectRef, Path } from '../diagnostic.ts';

/** True if the line may hold a Secret's value, whatever the diagnostic is about. @param line in the place's text */
export function mayShowSecret(
  { object, path, offset }: Pick<Diagnostic, 'object' | 'path' | 'offset'>,
  { text, document: part }: Place,
  line: TextRange,
): boolean {
  const document = text.slice(part.start, part.end);
  if (offset !== undefined) return mayBeSecret(document);
  if (isSecretValuePath(object, path)) return true;
  return secretRanges(document).some(
    ({ start, end }) => start + part.start < line.end && line.start < end + part.start,
  );
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
