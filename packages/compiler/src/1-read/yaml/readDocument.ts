// Reads one document's text into the value that Kubernetes reads: with a fast reader if it is safe, else with the
// exact one.
import { MAX_DOCUMENT_LENGTH } from '../limits.ts';
import { YamlProblem } from './errors.ts';
import { readTree, valueOfTree } from './exact.ts';
import { failureOffset, isPlainYaml, readFast, readJson } from './fast.ts';
import { ambiguousLineBreak } from './split.ts';

/**
 * Throws a Problem, with an offset into the text, and nothing else.
 * @param text with line feeds only
 */
export function readDocument(text: string): unknown {
  if (text.length > MAX_DOCUMENT_LENGTH)
    throw new YamlProblem(
      'I2K121',
      `the document has ${text.length} characters, more than ${MAX_DOCUMENT_LENGTH}`,
      0,
      'split it',
    );
  if (/^\s*[[{]/.test(text)) {
    const json = readJson(text);
    if (json) return json.value;
  }
  const ambiguous = ambiguousLineBreak(text);
  if (ambiguous) throw ambiguous;
  if (!isPlainYaml(text)) return readExact(text);
  try {
    return readFast(text);
  } catch (failure) {
    if (failure instanceof YamlProblem) throw failure;
    return readAfterFastFailure(failure, text);
  }
}

/** The reference reader: slower, and correct for all of YAML. */
export function readExact(text: string): unknown {
  return valueOfTree(readTree(text));
}

/** If the document is too long for the exact reader, js-yaml's own message is used. */
function readAfterFastFailure(failure: unknown, text: string): unknown {
  try {
    return readExact(text);
  } catch (problem) {
    const failed = failureOffset(failure);
    if (problem instanceof YamlProblem && problem.code === 'I2K125' && failed)
      throw new YamlProblem('I2K101', failed.reason, failed.offset);
    throw problem;
  }
}
