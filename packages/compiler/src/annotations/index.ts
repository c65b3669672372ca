// The one table of annotations that are understood. Those of others are no business of i2kit's, but the pod still has them.
import type { Manifest } from '../manifest.ts';
import { account } from './account.ts';
import type { Entry } from './entry.ts';
import * as own from './i2kit.ts';
import * as http from './ingress.ts';
import * as balancer from './loadBalancer.ts';

export type { Entry, Parsed } from './entry.ts';

/** Those whose value something is made of, with their types. */
type Honoured = typeof own.i2kit & typeof account & balancer.LoadBalancerAnnotations & http.IngressAnnotations;
export type AnnotationName = keyof Honoured;
type ValueOf<N extends AnnotationName> = Honoured[N] extends Entry<infer T> ? T : never;

/** Every annotation that is known, by its whole name; docs and `i2kit explain` are made of it. */
export const annotations: Readonly<Record<string, Entry>> = { ...own.i2kit, ...account, ...balancer.loadBalancer, ...http.ingress };

/** Families of which an unknown member is an error. */
export const families: readonly string[] = [own.PREFIX, balancer.PREFIX, http.PREFIX];

/** Those of a controller that is not there: an unknown member is warned of. */
export const foreign: readonly string[] = [http.FOREIGN];

/** The annotation's value; undefined where it is absent, cannot be read (2-check says so), or says nothing on this kind. */
export function annotation<N extends AnnotationName>(manifest: Manifest, name: N): ValueOf<N> | undefined {
  const written = manifest.object.metadata.annotations;
  const text = written !== undefined && Object.hasOwn(written, name) ? written[name] : undefined;
  const entry = annotations[name];
  if (text === undefined || entry === undefined || !entry.on.includes(manifest.kind)) return undefined;
  const parsed = entry.parse(text);
  return 'value' in parsed ? (parsed.value as ValueOf<N>) : undefined;
}
