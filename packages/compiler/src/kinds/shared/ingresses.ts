// Which Ingresses share a load balancer, and what their paths and backends mean.
import { annotation } from '../../annotations/index.ts';
import type { Path } from '../../diagnostic.ts';
import type { HTTPIngressPath, IngressBackend, ServicePort } from '../../generated/kubernetes.ts';
import type { Manifest, Manifests } from '../../manifest.ts';

type Ingress = Manifest<'Ingress'>;

export const NO_CLASS = 'default';

/** What an Ingress shares its load balancer by: the group that it names, else its class. */
export function groupOf(ingress: Ingress, all: Manifests): string {
  return annotation(ingress, 'alb.ingress.kubernetes.io/group.name') ?? classOf(ingress, all);
}

function classOf(ingress: Ingress, all: Manifests): string {
  const said = ingress.object.spec.ingressClassName ?? annotation(ingress, 'kubernetes.io/ingress.class');
  const usual = all.of('IngressClass').find((one) => annotation(one, 'ingressclass.kubernetes.io/is-default-class') === true);
  return said ?? usual?.ref.name ?? NO_CLASS;
}

/** The Ingresses of each group, in the order of names. */
export function groupsOf(all: Manifests): ReadonlyMap<string, readonly Ingress[]> {
  const groups = new Map<string, Ingress[]>();
  for (const ingress of all.of('Ingress')) {
    const name = groupOf(ingress, all);
    groups.set(name, [...(groups.get(name) ?? []), ingress]);
  }
  return groups;
}

export interface PathOf {
  readonly ingress: Ingress;
  readonly host?: string;
  readonly written: HTTPIngressPath;
  /** Where it stands in the Ingress. */
  readonly path: Path;
}

/** Every path of an Ingress, with its host, in the order in which they are written. */
export const pathsOf = (ingress: Ingress): readonly PathOf[] =>
  (ingress.object.spec.rules ?? []).flatMap(({ host, http }, index) =>
    (http?.paths ?? []).map((written, position) => ({
      ingress,
      ...(host ? { host: host.toLowerCase() } : {}),
      written,
      path: ['spec', 'rules', index, 'http', 'paths', position],
    })),
  );

/** The backends that an Ingress names, and where. */
export const backendsOf = (ingress: Ingress): readonly { readonly backend: IngressBackend; readonly path: Path }[] => [
  ...(ingress.object.spec.defaultBackend ? [{ backend: ingress.object.spec.defaultBackend, path: ['spec', 'defaultBackend'] }] : []),
  ...pathsOf(ingress).map(({ written, path }) => ({ backend: written.backend, path: [...path, 'backend'] })),
];

/** The Service's port that a backend means, by number or name. */
export const servicePort = (backend: IngressBackend, service: Manifest<'Service'>): ServicePort | undefined =>
  (service.object.spec.ports ?? []).find(({ port, name }) =>
    backend.service?.port.name ? name === backend.service.port.name : port === backend.service?.port.number,
  );

/** The patterns of a path, as a load balancer matches them; `/p` as a prefix is `/p` and all that is below it. */
export function patternsOf({ path = '/', pathType }: HTTPIngressPath): readonly string[] {
  if (pathType === 'Exact') return [path];
  if (pathType !== 'Prefix') return [path === '' ? '/*' : path];
  const prefix = path.replace(/\/+$/, '');
  return prefix === '' ? ['/*'] : [prefix, `${prefix}/*`];
}

/** Whether the conditions of a rule can hold it; their `*` and `?` are no characters of a path of Kubernetes. */
export function isMatchable(written: HTTPIngressPath): boolean {
  const allowed = written.pathType === 'ImplementationSpecific' ? /^[\w\-.$/~"'@:+&*?]*$/ : /^[\w\-.$/~"'@:+&]*$/;
  return allowed.test(written.path ?? '') && patternsOf(written).every((pattern) => pattern.length <= 128);
}
