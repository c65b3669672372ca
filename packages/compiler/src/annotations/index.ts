// The one table of annotations that are understood. Those of others are no business of i2kit's, but the pod still has them.
import type { Manifest } from '../manifest.ts';
import type { AnnotationSpec } from './annotationSpec.ts';
import * as own from './i2kit.ts';
import * as http from './ingress.ts';
import * as balancer from './loadBalancer.ts';
import { serviceAccountAnnotations } from './serviceAccount.ts';

export type { AnnotationSpec, ParsedAnnotation } from './annotationSpec.ts';

/** Those whose value something is made of, with their types. */
type SupportedAnnotations = typeof own.i2kitAnnotations &
  typeof serviceAccountAnnotations &
  balancer.LoadBalancerAnnotations &
  http.IngressAnnotations;
export type AnnotationName = keyof SupportedAnnotations;
type AnnotationValue<N extends AnnotationName> = SupportedAnnotations[N] extends AnnotationSpec<infer T> ? T : never;

/** Every annotation that is known, by its whole name; docs and `i2kit explain` are made of it. */
export const annotations: Readonly<Record<string, AnnotationSpec>> = {
  ...own.i2kitAnnotations,
  ...serviceAccountAnnotations,
  ...balancer.loadBalancerAnnotations,
  ...http.ingressAnnotations,
};

/** Families of which an unknown member is an error. */
export const strictPrefixes: readonly string[] = [own.I2KIT_PREFIX, balancer.LOAD_BALANCER_PREFIX, http.ALB_PREFIX];

/** Those of a controller that is not there: an unknown member is warned of. */
export const otherControllerPrefixes: readonly string[] = [http.NGINX_PREFIX];

/** The annotation's value; undefined where it is absent, cannot be read (2-check says so), or says nothing on this kind. */
export function annotationValue<N extends AnnotationName>(manifest: Manifest, name: N): AnnotationValue<N> | undefined {
  const written = manifest.object.metadata.annotations;
  const text = written !== undefined && Object.hasOwn(written, name) ? written[name] : undefined;
  const entry = annotations[name];
  if (text === undefined || entry === undefined || !entry.on.includes(manifest.kind)) return undefined;
  const parsed = entry.parse(text);
  return 'value' in parsed ? (parsed.value as AnnotationValue<N>) : undefined;
}
