// Which Ingresses share a load balancer, and what their paths and backends mean.
import { annotationValue } from '../../annotations/index.ts';
import type { Path } from '../../diagnostic.ts';
import type { HTTPIngressPath, IngressBackend, ServicePort } from '../../generated/kubernetes.ts';
import type { Manifest, Manifests } from '../../manifest.ts';

type IngressManifest = Manifest<'Ingress'>;

export const DEFAULT_GROUP = 'default';

/** What an Ingress shares its load balancer by: the group that it names, else its class. */
export function ingressGroupOf(ingress: IngressManifest, all: Manifests): string {
  return annotationValue(ingress, 'alb.ingress.kubernetes.io/group.name') ?? ingressClassOf(ingress, all);
}

function ingressClassOf(ingress: IngressManifest, all: Manifests): string {
  const said = ingress.object.spec.ingressClassName ?? annotationValue(ingress, 'kubernetes.io/ingress.class');
  const usual = all
    .of('IngressClass')
    .find((one) => annotationValue(one, 'ingressclass.kubernetes.io/is-default-class') === true);
  return said ?? usual?.ref.name ?? DEFAULT_GROUP;
}

/** The Ingresses of each group, in the order of names. */
export function ingressGroups(all: Manifests): ReadonlyMap<string, readonly IngressManifest[]> {
  const groups = new Map<string, IngressManifest[]>();
  for (const ingress of all.of('Ingress')) {
    const name = ingressGroupOf(ingress, all);
    groups.set(name, [...(groups.get(name) ?? []), ingress]);
  }
  return groups;
}

export interface IngressPath {
  readonly ingress: IngressManifest;
  readonly host?: string;
  readonly written: HTTPIngressPath;
  /** Where it stands in the Ingress. */
  readonly path: Path;
}

/** Every path of an Ingress, with its host, in the order in which they are written. */
export const ingressPathsOf = (ingress: IngressManifest): readonly IngressPath[] =>
  (ingress.object.spec.rules ?? []).flatMap(({ host, http }, index) =>
    (http?.paths ?? []).map((written, position) => ({
      ingress,
      ...(host ? { host: host.toLowerCase() } : {}),
      written,
      path: ['spec', 'rules', index, 'http', 'paths', position],
    })),
  );

/** The backends that an Ingress names, and where. */
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
  (service.object.spec.ports ?? []).find(({ port, name }) =>
    backend.service?.port.name ? name === backend.service.port.name : port === backend.service?.port.number,
  );

/** The patterns of a path, as a load balancer matches them; `/p` as a prefix is `/p` and all that is below it. */
export function pathPatterns({ path = '/', pathType }: HTTPIngressPath): readonly string[] {
  if (pathType === 'Exact') return [path];
  if (pathType !== 'Prefix') return [path === '' ? '/*' : path];
  const prefix = path.replace(/\/+$/, '');
  return prefix === '' ? ['/*'] : [prefix, `${prefix}/*`];
}

/** Whether the conditions of a rule can hold it; their `*` and `?` are no characters of a path of Kubernetes. */
export function isMatchablePath(written: HTTPIngressPath): boolean {
  const allowed = written.pathType === 'ImplementationSpecific' ? /^[\w\-.$/~"'@:+&*?]*$/ : /^[\w\-.$/~"'@:+&]*$/;
  return allowed.test(written.path ?? '') && pathPatterns(written).every((pattern) => pattern.length <= 128);
}
