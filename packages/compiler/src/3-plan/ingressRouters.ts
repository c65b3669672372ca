// Ingresses of one group -> a router with its listeners, routes by precedence, and backends.
import { compareText } from '@i2kit/common';
import { annotationValue } from '../annotations/index.ts';
import { appRef, objectName, type Path } from '../diagnostic.ts';
import { domainOf } from '../existingResources.ts';
import type { IngressBackend } from '../generated/kubernetes.ts';
import {
  backendPort,
  type IngressPath,
  ingressBackendsOf,
  ingressGroups,
  ingressPathsOf,
  pathPatterns,
} from '../kinds/shared/ingresses.ts';
import { targetPortNumber } from '../kinds/shared/ports.ts';
import { podsSelectedBy } from '../kinds/shared/services.ts';
import type { Manifest, Manifests } from '../manifest.ts';
import type { CompileOptions } from '../options.ts';
import type { Origin, PublicHost, Route, Router, RouterBackend, RouterListener } from '../plan.ts';
import { groupKeysOf } from './machineGroupKeys.ts';

type Ingress = Manifest<'Ingress'>;

export const ingressRouters = (manifests: Manifests, options: CompileOptions): readonly Router[] =>
  [...ingressGroups(manifests)]
    .map(([name, ingresses]) => ingressRouter(name, ingresses, manifests, options))
    .sort((a, b) => compareText(a.name, b.name));

function ingressRouter(
  name: string,
  ingresses: readonly Ingress[],
  manifests: Manifests,
  options: CompileOptions,
): Router {
  const [only, ...more] = ingresses;
  const origin: Origin = { object: only === undefined || more.length > 0 ? appRef(options.app) : only.ref, path: [] };
  const isPublic = ingresses.some(
    (ingress) => annotationValue(ingress, 'alb.ingress.kubernetes.io/scheme') === 'internet-facing',
  );
  const fallback = ingresses.flatMap((ingress) =>
    backendKeys(ingress, ingress.object.spec.defaultBackend, manifests),
  )[0];
  return {
    origin,
    serves: 'ingresses',
    name,
    visibility: isPublic ? 'public' : 'internal',
    sourceRanges: [
      ...new Set(
        ingresses.flatMap((ingress) => annotationValue(ingress, 'alb.ingress.kubernetes.io/inbound-cidrs') ?? []),
      ),
    ].sort(),
    listeners: listeners(ingresses, origin),
    routes: routes(ingresses, manifests),
    ...(fallback === undefined ? {} : { fallback }),
    backends: backends(ingresses, manifests),
    hosts: publicHosts(ingresses, isPublic, options),
    services: [],
    attributes: Object.assign(
      {},
      ...ingresses.map((one) => annotationValue(one, 'alb.ingress.kubernetes.io/load-balancer-attributes')),
    ),
  };
}

/**
 * With a certificate: port 443, and port 80 redirects to it. Explicit listen ports redirect only if an Ingress asks
 * for it.
 */
function listeners(ingresses: readonly Ingress[], origin: Origin): readonly RouterListener[] {
  const certificates = [
    ...new Set(ingresses.flatMap((one) => annotationValue(one, 'alb.ingress.kubernetes.io/certificate-arn') ?? [])),
  ];
  const said = ingresses
    .map((one) => annotationValue(one, 'alb.ingress.kubernetes.io/listen-ports'))
    .find((ports) => ports !== undefined);
  const target = ingresses
    .map((one) => annotationValue(one, 'alb.ingress.kubernetes.io/ssl-redirect'))
    .find((port) => port !== undefined);
  const secure = certificates.length > 0;
  const usual = secure
    ? [{ protocol: 'HTTP', port: 80 } as const, { protocol: 'HTTPS', port: 443 } as const]
    : [{ protocol: 'HTTP', port: 80 } as const];
  const redirect = !secure ? undefined : target !== undefined ? Number(target) : said === undefined ? 443 : undefined;
  return (said ?? usual).map(({ protocol, port }) => {
    if (protocol === 'HTTPS') return { origin, port, certificates };
    return redirect === undefined ? { origin, port } : { origin, port, redirect };
  });
}

/** Exact hosts before wildcards before no host; exact paths before the longest prefix. */
function routes(ingresses: readonly Ingress[], manifests: Manifests): readonly Route[] {
  const ordered = ingresses.flatMap(ingressPathsOf).sort(byPrecedence);
  return ordered.flatMap((one) => {
    const [backend] = backendKeys(one.ingress, one.written.backend, manifests);
    const patterns = pathPatterns(one.written);
    const everything = one.host !== undefined && patterns.includes('/*');
    if (backend === undefined) return [];
    return [
      {
        origin: { object: one.ingress.ref, path: one.path },
        ...(one.host ? { host: one.host } : {}),
        paths: everything ? [] : patterns,
        backend,
      },
    ];
  });
}

const byPrecedence = (a: IngressPath, b: IngressPath): number =>
  hostRank(a.host) - hostRank(b.host) ||
  // The longest wildcard is the most specific.
  (b.host?.length ?? 0) - (a.host?.length ?? 0) ||
  compareText(a.host ?? '', b.host ?? '') ||
  Number(b.written.pathType === 'Exact') - Number(a.written.pathType === 'Exact') ||
  (b.written.path ?? '').length - (a.written.path ?? '').length ||
  compareText(a.written.path ?? '', b.written.path ?? '') ||
  compareText(objectName(a.ingress.ref), objectName(b.ingress.ref));

const hostRank = (host: string | undefined) => (host === undefined ? 2 : host.startsWith('*') ? 1 : 0);

/** The backend's key if it is a port of a Service with backends. */
function backendKeys({ ref }: Ingress, backend: IngressBackend | undefined, manifests: Manifests): readonly string[] {
  const service = backend?.service && manifests.get('Service', ref.namespace, backend.service.name);
  const port = backend && service && backendPort(backend, service);
  return port && service && podsSelectedBy(service, manifests).length > 0
    ? [`${ref.namespace}/${service.ref.name}:${port.port}`]
    : [];
}

/** Each backend once; the first Ingress that names it decides its protocol and attributes. */
function backends(ingresses: readonly Ingress[], manifests: Manifests): readonly RouterBackend[] {
  const found = new Map<string, RouterBackend>();
  for (const ingress of ingresses) {
    for (const { backend, path } of ingressBackendsOf(ingress)) {
      const [key] = backendKeys(ingress, backend, manifests);
      const service = backend.service && manifests.get('Service', ingress.ref.namespace, backend.service.name);
      if (key === undefined || service === undefined || found.has(key)) continue;
      found.set(key, backendOf(key, ingress, { object: ingress.ref, path }, backend, service, manifests));
    }
  }
  return [...found.keys()].sort().flatMap((key) => found.get(key) ?? []);
}

function backendOf(
  key: string,
  ingress: Ingress,
  origin: Origin,
  backend: IngressBackend,
  service: Manifest<'Service'>,
  manifests: Manifests,
): RouterBackend {
  const pods = podsSelectedBy(service, manifests);
  const port = backendPort(backend, service);
  const sticky =
    service.object.spec.sessionAffinity === 'ClientIP'
      ? { 'stickiness.enabled': 'true', 'stickiness.type': 'lb_cookie' }
      : {};
  return {
    origin,
    key,
    namespace: service.ref.namespace,
    name: service.ref.name,
    port: port?.port ?? 0,
    // A named port means the same number in all selected workloads; a check rule ensures it.
    targetPort: (pods[0] && port && targetPortNumber(port, pods[0].spec)) ?? port?.port ?? 0,
    groups: groupKeysOf(pods),
    protocol: annotationValue(ingress, 'alb.ingress.kubernetes.io/backend-protocol') ?? 'HTTP',
    attributes: { ...sticky, ...annotationValue(ingress, 'alb.ingress.kubernetes.io/target-group-attributes') },
  };
}

/**
 * Hosts in the app's hosted zone; an Ingress without hosts gets its own name. Hosts of other zones get no record
 * here.
 */
function publicHosts(
  ingresses: readonly Ingress[],
  isPublic: boolean,
  { config }: CompileOptions,
): readonly PublicHost[] {
  const zone = domainOf(config ?? {})?.toLowerCase();
  if (zone === undefined) return [];
  const found = new Map<string, PublicHost>();
  for (const ingress of ingresses) {
    const { ref, object } = ingress;
    const said = (object.spec.rules ?? []).flatMap(({ host }, index) =>
      host ? [{ name: host.toLowerCase(), path: ['spec', 'rules', index, 'host'] }] : [],
    );
    const own: string = `${ref.name}${ref.namespace === 'default' ? '' : `.${ref.namespace}`}.${zone}`;
    const names: readonly { readonly name: string; readonly path: Path }[] =
      said.length > 0 ? said : isPublic ? [{ name: own, path: [] }] : [];
    for (const { name, path } of names) {
      if ((name === zone || name.endsWith(`.${zone}`)) && !found.has(name))
        found.set(name, { origin: { object: ref, path }, name });
    }
  }
  return [...found.keys()].sort().flatMap((name) => found.get(name) ?? []);
}
