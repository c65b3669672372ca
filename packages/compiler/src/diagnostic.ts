// What the compiler has to say about its input: one sentence, one place, one code that never changes its meaning.
import type { Code } from './catalog.ts';
import type { Severity } from './codes/codeEntry.ts';

export type { Code } from './catalog.ts';
export type { Severity } from './codes/codeEntry.ts';

/** Where in an object: keys and list positions from its root, e.g. `['spec', 'ports', 0, 'port']`. */
export type Path = readonly (string | number)[];

/**
 * Which object a diagnostic speaks of. The compiler never holds lines: the edge (`render.ts`) reads the one document
 * again that a diagnostic points into, and turns object and path into file, line and column.
 */
export interface ObjectRef {
  /** `Source.name`: a file's path as the user gave it, or `<stdin>`. */
  readonly source: string;
  /** Position of the document in its source, from 0. */
  readonly document: number;
  /** Position in `items` where the document is a List. */
  readonly item?: number;
  /** Empty strings where the object does not say. */
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

export interface Related {
  readonly message: string;
  readonly object: ObjectRef;
  readonly path: Path;
}

export interface Diagnostic {
  readonly code: Code;
  readonly severity: Severity;
  /** What is wrong, in one sentence. */
  readonly message: string;
  readonly object: ObjectRef;
  /** A missing field points at its nearest present parent. */
  readonly path: Path;
  /** What to do about it. */
  readonly hint?: string;
  readonly related?: readonly Related[];
  /** Index in the source's text (UTF-16 units), only where the text could not be read and so has no path. */
  readonly offset?: number;
  /** True where the path's key is meant rather than its value. */
  readonly atKey?: boolean;
}

/** How a rule, the reader or a concern says something; severity comes from the catalog. */
export type Report = (finding: Finding) => void;

export type Finding = Omit<Diagnostic, 'severity'> & { readonly severity?: Severity };

/** What an app as a whole is called: its shared parts come from no one object of the input. */
export const appRef = (name: string): ObjectRef => ({
  source: '',
  document: 0,
  apiVersion: '',
  kind: 'App',
  namespace: '',
  name,
});

/** The configuration: paths lead into i2kit.yaml. */
export const configRef = ({ configName = 'i2kit.yaml' }: { readonly configName?: string }): ObjectRef => ({
  ...appRef(''),
  source: configName,
  kind: '',
});

/** `Deployment/default/web`: how an object is called in messages, in Metadata and in keys. */
export function objectName(ref: Pick<ObjectRef, 'kind' | 'namespace' | 'name'>): string {
  return [ref.kind || 'object', ...(ref.namespace ? [ref.namespace] : []), ref.name || '(unnamed)'].join('/');
}

/** `spec.ports[0].port`: a path as kubectl writes it. */
export function pathText(path: Path): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(part)) return text === '' ? part : `${text}.${part}`;
    return `${text}[${JSON.stringify(part)}]`;
  }, '');
}

/** `/spec/ports/0/port`: a path as a JSON Pointer (RFC 6901), as origins in Metadata carry it. */
export function jsonPointer(path: Path): string {
  return path.map((part) => `/${String(part).replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');
}
