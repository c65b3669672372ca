// The table of supported annotations. Other annotations are not read, but the pod still has them.
import type { Manifest } from '../manifest.ts';
import type { AnnotationSpec } from './annotationSpec.ts';
import * as own from './i2kit.ts';
import * as http from './ingress.ts';
import * as balancer from './loadBalancer.ts';
import { serviceAccountAnnotations } from './serviceAccount.ts';

export type { AnnotationSpec, ParsedAnnotation } from './annotationSpec.ts';

/** Annotations that affect the output, with their types. */
type SupportedAnnotations = typeof own.i2kitAnnotations &
  typeof serviceAccountAnnotations &
  balancer.LoadBalancerAnnotations &
  http.IngressAnnotations;
export type AnnotationName = keyof SupportedAnnotations;
type AnnotationValue<N extends AnnotationName> = SupportedAnnotations[N] extends AnnotationSpec<infer T> ? T : never;

/** Every known annotation by its full name, for the documentation and `i2kit explain`. */
export const annotations: Readonly<Record<string, AnnotationSpec>> = {
  ...own.i2kitAnnotations,
  ...serviceAccountAnnotations,
  ...balancer.loadBalancerAnnotations,
  ...http.ingressAnnotations,
};

/** Families in which an unknown annotation is an error. */
export const strictPrefixes: readonly string[] = [own.I2KIT_PREFIX, balancer.LOAD_BALANCER_PREFIX, http.ALB_PREFIX];

/** Families of a controller that does not exist here: an unknown annotation is a warning. */
export const otherControllerPrefixes: readonly string[] = [http.NGINX_PREFIX];

/** The annotation's value. Undefined if the annotation is missing, invalid (2-check reports it), or not supported on this kind. */
export function annotationValue<N extends AnnotationName>(manifest: Manifest, name: N): AnnotationValue<N> | undefined {
  const written = manifest.object.metadata.annotations;
  const text = written !== undefined && Object.hasOwn(written, name) ? written[name] : undefined;
  const entry = annotations[name];
  if (text === undefined || entry === undefined || !entry.on.includes(manifest.kind)) return undefined;
  const parsed = entry.parse(text);
  return parsed.ok ? (parsed.value as AnnotationValue<N>) : undefined;
}
