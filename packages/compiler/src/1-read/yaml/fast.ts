// The fast reader: js-yaml, with Kubernetes' reading of unquoted scalars, for documents that keep to plain YAML.
import yaml from 'js-yaml';
import { MAX_DEPTH } from '../limits.ts';
import { Problem } from './problem.ts';
import { plainScalar } from './scalar.ts';

let reading: unknown;

/** One type for all of them: js-yaml asks it once for each unquoted scalar, and takes its answer if there is one. */
const unquoted = new yaml.Type('tag:i2kit.dev,2026:unquoted', {
  kind: 'scalar',
  resolve: (text: string) => {
    reading = plainScalar(text);
    return reading !== text;
  },
  construct: () => {
    // What is refused is found again, with its place, by the exact reader.
    if (reading === undefined || (typeof reading === 'number' && !Number.isFinite(reading))) throw new Unreadable();
    return reading;
  },
});

const SCHEMA = new yaml.Schema({ implicit: [unquoted] });

class Unreadable extends Error {}

const OPTIONS: yaml.LoadOptions & { readonly maxDepth: number } = { schema: SCHEMA, maxDepth: MAX_DEPTH };

/**
 * Reads a document for which `isPlainYaml` holds. Throws a Problem where it is too deep; for any other
 * reason it throws something else, and the exact reader has the last word.
 */
export function readFast(text: string): unknown {
  try {
    return yaml.load(text, OPTIONS) ?? null;
  } catch (error) {
    if (error instanceof yaml.YAMLException && error.reason.startsWith('nesting exceeded')) {
      throw new Problem('I2K123', `the document nests deeper than ${MAX_DEPTH} levels`, error.mark.position);
    }
    throw error;
  }
}

/** Where js-yaml gave up: a place for an error in a document that is too long for the exact reader. */
export function failureOffset(error: unknown): { readonly reason: string; readonly offset: number } | undefined {
  return error instanceof yaml.YAMLException ? { reason: error.reason, offset: error.mark.position } : undefined;
}
