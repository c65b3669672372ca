// A diagnostic: one sentence, one place, and one code that never changes its meaning.
import type { Code } from './catalog.ts';
import type { Severity } from './codes/codeEntry.ts';

export type { Code } from './catalog.ts';
export type { Severity } from './codes/codeEntry.ts';

/** Where in an object: keys and list positions from its root, e.g. `['spec', 'ports', 0, 'port']`. */
export type Path = readonly (string | number)[];

/**
 * The object of a diagnostic. The compiler holds no lines: `render.ts` reads the diagnostic's document again, and
 * converts object and path into file, line and column.
 */
export interface ObjectRef {
  /** `Source.name`: a file's path as the user gave it, or `<stdin>`. */
  readonly source: string;
  /** Position of the document in its source, from 0. */
  readonly document: number;
  /** Position in `items` where the document is a List. */
  readonly item?: number;
  /** Empty strings if the object does not state them. */
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
  /** The problem, in one sentence. */
  readonly message: string;
  readonly object: ObjectRef;
  /** A missing field points at its nearest existing parent. */
  readonly path: Path;
  /** The remedy. */
  readonly hint?: string;
  readonly related?: readonly Related[];
  /** Index in the source's text (UTF-16 units), only if the text could not be read and so has no path. */
  readonly offset?: number;
  /** True if the path's key is meant rather than its value. */
  readonly atKey?: boolean;
}

/** Reports a finding of a rule, the reader or an emitter. The catalog defines the severity. */
export type Report = (finding: Finding) => void;

export type Finding = Omit<Diagnostic, 'severity'> & { readonly severity?: Severity };

/** The object reference of an app as a whole: its shared parts come from no single object of the input. */
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

/** `Deployment/default/web`: the name of an object in messages, in Metadata and in keys. */
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

/** `/spec/ports/0/port`: a path as a JSON Pointer (RFC 6901), as origins in Metadata hold it. */
export function jsonPointer(path: Path): string {
  return path.map((part) => `/${String(part).replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');
}
