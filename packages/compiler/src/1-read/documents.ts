// Sources to the values of their documents, within the limits.
import type { Code, Finding, ObjectRef, Report } from '../diagnostic.ts';
import type { Source } from '../manifest.ts';
import { MAX_DOCUMENTS, MAX_INPUT } from './limits.ts';
import { forbiddenCharacter, originalOffset, withLineFeeds } from './yaml/characters.ts';
import { readDocument } from './yaml/document.ts';
import { Problem } from './yaml/problem.ts';
import { type Part, splitDocuments } from './yaml/split.ts';

/** One document that could be read. */
export interface Document {
  readonly source: string;
  /** Position in its source, from 0. */
  readonly document: number;
  readonly text: string;
  readonly value: unknown;
}

interface Documents {
  readonly documents: readonly Document[];
  /** False where something could not be read, so that nobody knows what else there is. */
  readonly complete: boolean;
}

/** Reads all documents of all sources; each that cannot be read is reported, once. */
export function readDocuments(sources: readonly Source[], report: Report): Documents {
  const documents: Document[] = [];
  let complete = true;
  const refuse = (problem: Problem, { name, text }: Source, document = 0, start = 0): void => {
    complete = false;
    const { code, message, hint } = problem;
    report(unreadable(name, document, originalOffset(text, start + problem.offset), code, message, hint));
  };

  for (const { source, text, parts } of withinLimits(sources, refuse)) {
    for (const [document, { start, end }] of parts.entries()) {
      const body = text.slice(start, end);
      try {
        documents.push({ source: source.name, document, text: body, value: readDocument(body) });
      } catch (problem) {
        if (!(problem instanceof Problem)) throw problem;
        refuse(problem, source, document, start);
      }
    }
  }
  return { documents, complete };
}

interface Split {
  readonly source: Source;
  /** With line feeds only. */
  readonly text: string;
  readonly parts: readonly Part[];
}

/** The sources cut into documents, if they are not too many and not too large; nothing is read that is. */
function withinLimits(
  sources: readonly Source[],
  refuse: (problem: Problem, source: Source, document?: number, start?: number) => void,
): Split[] {
  const length = sources.reduce((sum, { text }) => sum + text.length, 0);
  if (length > MAX_INPUT) {
    const largest = sources.reduce((a, b) => (b.text.length > a.text.length ? b : a));
    refuse(new Problem('I2K120', `the manifests have ${length} characters together, more than ${MAX_INPUT}`, 0), largest);
    return [];
  }
  const splits: Split[] = [];
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
      refuse(new Problem('I2K122', `the manifests are more than ${MAX_DOCUMENTS} documents`, 0), source, room, first.start);
      return [];
    }
    room -= parts.length;
    splits.push({ source, text, parts });
  }
  return splits;
}

function unreadable(source: string, document: number, offset: number, code: Code, message: string, hint?: string): Finding {
  const object: ObjectRef = { source, document, apiVersion: '', kind: '', namespace: '', name: '' };
  return { code, message, object, path: [], offset, ...(hint !== undefined && { hint }) };
}
