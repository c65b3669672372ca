// Groups the Ingresses that share a load balancer, and interprets their paths and backends.
import { withoutTrailing } from '@i2kit/common';
import { annotationValue } from '../../annotations/index.ts';
import type { Path } from '../../diagnostic.ts';
import type { HTTPIngressPath, IngressBackend, ServicePort } from '../../generated/kubernetes.ts';
import type { Manifest, Manifests } from '../../manifest.ts';

type IngressManifest = Manifest<'Ingress'>;

export const DEFAULT_GROUP = 'default';

/** The group of an Ingress: the annotated one, else its class. */
export function ingressGroupOf(ingress: IngressManifest, manifests: Manifests): string {
  return annotationValue(ingress, 'alb.ingress.kubernetes.io/group.name') ?? ingressClassOf(ingress, manifests);
}

function ingressClassOf(ingress: IngressManifest, manifests: Manifests): string {
  const className = ingress.object.spec.ingressClassName ?? annotationValue(ingress, 'kubernetes.io/ingress.class');
  const usual = manifests
    .of('IngressClass')
    .find((one) => annotationValue(one, 'ingressclass.kubernetes.io/is-default-class') === true);
  return className ?? usual?.ref.name ?? DEFAULT_GROUP;
}

/** The Ingresses of each group, in order of names. */
export function ingressGroups(manifests: Manifests): ReadonlyMap<string, readonly IngressManifest[]> {
  const groups = new Map<string, IngressManifest[]>();
  for (const ingress of manifests.of('Ingress')) {
    const name = ingressGroupOf(ingress, manifests);
    groups.set(name, [...(groups.get(name) ?? []), ingress]);
  }
  return groups;
}

export interface IngressPath {
  readonly ingress: IngressManifest;
  readonly host?: string;
  readonly written: HTTPIngressPath;
  /** Its place in the Ingress. */
  readonly path: Path;
}

/** Every path of an Ingress, with its host, in written order. */
export const ingressPathsOf = (ingress: IngressManifest): readonly IngressPath[] =>
  (ingress.object.spec.rules ?? []).flatMap(({ host, http }, index) =>
    (http?.paths ?? []).map((written, position) => ({
      ingress,
      ...(host ? { host: host.toLowerCase() } : {}),
      written,
      path: ['spec', 'rules', index, 'http', 'paths', position],
    })),
  );

/** The backends of an Ingress, and their places. */
export const ingressBackendsOf = (
  ingress: IngressManifest,
): readonly { readonly backend: IngressBackend; readonly path: Path }[] => [
  ...(ingress.object.spec.defaultBackend
    ? [{ backend: ingress.object.spec.defaultBackend, path: ['spec', 'defaultBackend'] }]
    : []),
  ...ingressPathsOf(ingress).map(({ written, path }) => ({ backend: written.backend, path: [...path, 'backend'] })),
];

/** The Service's port that a backend means, by number or name. */
export const backendPort = (backend: IngressBackend, service: Manifest<'Service'>): ServicePort | undefined =>
  (service.object.spec.ports ?? [])
    .filter(({ port, name }) =>
      backend.service?.port.name ? name === backend.service.port.name : port === backend.service?.port.number,
    )
    // The number of a TCP port may be that of a UDP port, too; HTTP means the former.
    .sort((a, b) => Number(b.protocol === 'TCP') - Number(a.protocol === 'TCP'))[0];

/** The path patterns of a load balancer for a path; the prefix `/p` means `/p` and everything below it. */
export function pathPatterns({ path = '/', pathType }: HTTPIngressPath): readonly string[] {
  if (pathType === 'Exact') return [path];
  if (pathType !== 'Prefix') return [path === '' ? '/*' : path];
  const prefix = withoutTrailing(path, '/');
  return prefix === '' ? ['/*'] : [prefix, `${prefix}/*`];
}

/** Whether a condition of a listener rule can hold it; its `*` and `?` are not literal characters. */
export function isMatchablePath(written: HTTPIngressPath): boolean {
  const allowed = written.pathType === 'ImplementationSpecific' ? /^[\w\-.$/~"'@:+&*?]*$/ : /^[\w\-.$/~"'@:+&]*$/;
  return allowed.test(written.path ?? '') && pathPatterns(written).every((pattern) => pattern.length <= 128);
}
