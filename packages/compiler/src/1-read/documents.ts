// Reads sources into the values of their documents, within the limits.
import { catalog } from '../catalog.ts';
import type { Code, Finding, ObjectRef, Report } from '../diagnostic.ts';
import type { Source } from '../manifest.ts';
import { MAX_DOCUMENTS, MAX_INPUT_LENGTH } from './limits.ts';
import { mayBeSecret } from './secretText.ts';
import { YamlProblem } from './yaml/errors.ts';
import { readDocument } from './yaml/readDocument.ts';
import {
  forbiddenCharacter,
  type LineEndOffsets,
  lineEndOffsets,
  splitDocuments,
  type TextRange,
  withLineFeeds,
} from './yaml/split.ts';

/** A document that could be read. */
export interface SourceDocument {
  readonly source: string;
  /** Position in its source, from 0. */
  readonly document: number;
  readonly text: string;
  readonly value: unknown;
}

interface ReadResult {
  readonly documents: readonly SourceDocument[];
  /** False if a document could not be read: then it is unknown which other objects the input holds. */
  readonly complete: boolean;
}

/** Reads all documents of all sources. Each document that cannot be read is reported once. */
export function readDocuments(sources: readonly Source[], report: Report): ReadResult {
  const documents: SourceDocument[] = [];
  let complete = true;
  const offsets = new Map<string, LineEndOffsets>();
  const refuse = (problem: YamlProblem, { name, text }: Source, document = 0, start = 0, body = ''): void => {
    complete = false;
    const { code, hint } = problem;
    const message = mayBeSecret(body) ? withoutQuotation(problem) : problem.message;
    const ends = offsets.get(text) ?? lineEndOffsets(text);
    offsets.set(text, ends);
    report(unreadableFinding(name, document, ends.original(start + problem.offset), code, message, hint));
  };

  for (const { source, text, parts } of splitWithinLimits(sources, refuse)) {
    for (const [document, { start, end }] of parts.entries()) {
      const body = text.slice(start, end);
      try {
        documents.push({ source: source.name, document, text: body, value: readDocument(body) });
      } catch (problem) {
        if (!(problem instanceof YamlProblem)) throw problem;
        refuse(problem, source, document, start, body);
      }
    }
  }
  return { documents, complete };
}

interface SplitSource {
  readonly source: Source;
  /** With line feeds only. */
  readonly text: string;
  readonly parts: readonly TextRange[];
}

/** Splits the sources into documents. Reads none if there are too many or they are too large. */
function splitWithinLimits(
  sources: readonly Source[],
  refuse: (problem: YamlProblem, source: Source, document?: number, start?: number) => void,
): SplitSource[] {
  const length = sources.reduce((sum, { text }) => sum + text.length, 0);
  if (length > MAX_INPUT_LENGTH) {
    const largest = sources.reduce((a, b) => (b.text.length > a.text.length ? b : a));
    refuse(
      new YamlProblem('I2K120', `the manifests have ${length} characters in total, more than ${MAX_INPUT_LENGTH}`, 0),
      largest,
    );
    return [];
  }
  const splits: SplitSource[] = [];
  let room = MAX_DOCUMENTS;
  for (const source of sources) {
    const text = withLineFeeds(source.text);
    const forbidden = forbiddenCharacter(text);
    if (forbidden) {
      refuse(forbidden, source);
      continue;
    }
    const parts = splitDocuments(text);
    const first = parts[room];
    if (first) {
      refuse(
        new YamlProblem('I2K122', `the manifests have more than ${MAX_DOCUMENTS} documents`, 0),
        source,
        room,
        first.start,
      );
      return [];
    }
    room -= parts.length;
    splits.push({ source, text, parts });
  }
  return splits;
}

/** A message about a Secret without anything of its text: `*word` and `!word` may be an unquoted password. */
function withoutQuotation({ code, message }: YamlProblem): string {
  if (!/[`"'*&!]/.test(message)) return message;
  const { title } = catalog[code];
  return `${title.charAt(0).toLowerCase()}${title.slice(1)}`;
}

function unreadableFinding(
  source: string,
  document: number,
  offset: number,
  code: Code,
  message: string,
  hint?: string,
): Finding {
  const object: ObjectRef = { source, document, apiVersion: '', kind: '', namespace: '', name: '' };
  return { code, message, object, path: [], offset, ...(hint !== undefined && { hint }) };
}
