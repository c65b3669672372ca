// The backends of an Ingress, and whether a load balancer can route to them.
import { annotationValue } from '../../annotations/index.ts';
import { objectName } from '../../diagnostic.ts';
import {
  backendPort,
  ingressBackendsOf,
  ingressGroups,
  ingressPathsOf,
  isMatchablePath,
} from '../../kinds/shared/ingresses.ts';
import { targetPortNumber } from '../../kinds/shared/ports.ts';
import { isExternalName, podsSelectedBy } from '../../kinds/shared/services.ts';
import type { Manifest, Manifests } from '../../manifest.ts';
import { cidrFamily } from '../formats.ts';
import { type ReportAt, type Rule, reporterFor } from '../rule.ts';

export const ingressRouting: Rule = {
  codes: ['I2K483', 'I2K432', 'I2K481', 'I2K484', 'I2K485', 'I2K487', 'I2K561'],
  check(manifests, report) {
    for (const ingress of manifests.of('Ingress')) {
      const reportAt = reporterFor(ingress, 'I2K483', report);
      checkBackends(ingress, manifests, reportAt);
      checkPaths(ingress, reportAt);
      checkTls(ingress, reportAt);
    }
    const owners = new Map<string, string>();
    for (const [group, ingresses] of ingressGroups(manifests)) {
      checkGroup(ingresses, (ingress) => reporterFor(ingress, 'I2K485', report));
      for (const ingress of ingresses) checkHosts(ingress, group, owners, reporterFor(ingress, 'I2K487', report));
    }
  },
};

function checkBackends(ingress: Manifest<'Ingress'>, manifests: Manifests, reportAt: ReportAt): void {
  const { namespace } = ingress.ref;
  for (const { backend, path } of ingressBackendsOf(ingress)) {
    if (!backend.service) continue;
    const { name, port } = backend.service;
    const service = manifests.get('Service', namespace, name);
    const fieldPath = [...path, 'service', 'name'];
    if (!service) {
      if (!manifests.wasRefused('Service', namespace, name))
        reportAt(fieldPath, `there is no Service ${name} in the namespace ${namespace}`);
      continue;
    }
    const found = backendPort(backend, service);
    const pods = podsSelectedBy(service, manifests);
    if (isExternalName(service.object))
      reportAt(fieldPath, `the Service ${name} is of type ExternalName and leads to no machine`);
    else if (!found)
      reportAt([...path, 'service', 'port'], `the Service ${name} has no port ${port.name || port.number}`);
    else if (found.protocol !== 'TCP')
      reportAt(
        [...path, 'service', 'port'],
        `the port ${found.port} of the Service ${name} is ${found.protocol}, but HTTP needs TCP`,
      );
    else if (pods.length === 0 || pods.every((pod) => targetPortNumber(found, pod.spec) === undefined)) {
      if (service.object.spec.selector !== undefined) reportAt(fieldPath, `the Service ${name} leads to no machine`);
    }
  }
}

function checkPaths(ingress: Manifest<'Ingress'>, reportAt: ReportAt): void {
  for (const { written, path } of ingressPathsOf(ingress)) {
    if (written.pathType === 'ImplementationSpecific') {
      reportAt(
        [...path, 'pathType'],
        `the path ${JSON.stringify(written.path ?? '/*')} is used as a path pattern of an application load balancer`,
        {
          code: 'I2K561',
        },
      );
    }
    if (!isMatchablePath(written)) {
      reportAt([...path, 'path'], `no listener rule can match the path ${JSON.stringify(written.path)}`, {
        code: 'I2K484',
      });
    }
  }
}

function checkHosts(
  ingress: Manifest<'Ingress'>,
  group: string,
  owners: Map<string, string>,
  reportAt: ReportAt,
): void {
  for (const [index, { host }] of (ingress.object.spec.rules ?? []).entries()) {
    if (!host) continue;
    const owner = owners.get(host.toLowerCase()) ?? group;
    owners.set(host.toLowerCase(), owner);
    if (owner !== group)
      reportAt(['spec', 'rules', index, 'host'], `the host ${host} is also served by Ingresses of the group ${owner}`);
  }
}

function checkTls(ingress: Manifest<'Ingress'>, reportAt: ReportAt): void {
  const certificates = annotationValue(ingress, 'alb.ingress.kubernetes.io/certificate-arn');
  const [first] = ingress.object.spec.tls ?? [];
  if (first && certificates === undefined) {
    reportAt(
      ['spec', 'tls', 0, ...(first.secretName ? ['secretName'] : [])],
      'TLS ends at the load balancer, but no ACM certificate is named',
      { code: 'I2K481' },
    );
  }
  const https = annotationValue(ingress, 'alb.ingress.kubernetes.io/listen-ports')?.some(
    ({ protocol }) => protocol === 'HTTPS',
  );
  if (https && certificates === undefined && !first) {
    reportAt(['metadata', 'annotations', 'alb.ingress.kubernetes.io/listen-ports'], 'HTTPS needs an ACM certificate', {
      code: 'I2K481',
    });
  }
  for (const cidr of annotationValue(ingress, 'alb.ingress.kubernetes.io/inbound-cidrs') ?? []) {
    const family = cidrFamily(cidr);
    const path = ['metadata', 'annotations', 'alb.ingress.kubernetes.io/inbound-cidrs'];
    if (family === undefined) reportAt(path, `${JSON.stringify(cidr)} is not a CIDR block`, { code: 'I2K485' });
    else if (family === 'IPv6') reportAt(path, `${cidr} is a block of IPv6 addresses`, { code: 'I2K432' });
  }
}

/** One load balancer cannot have two settings. */
const GROUP_SETTINGS = ['scheme', 'inbound-cidrs', 'load-balancer-attributes', 'listen-ports', 'ssl-redirect'] as const;

function checkGroup(
  ingresses: readonly Manifest<'Ingress'>[],
  sayOfOne: (ingress: Manifest<'Ingress'>) => ReportAt,
): void {
  for (const name of GROUP_SETTINGS) {
    const key = `alb.ingress.kubernetes.io/${name}`;
    const saying = ingresses.filter(({ object }) => object.metadata.annotations?.[key] !== undefined);
    const [first] = saying;
    const other = saying.find(
      ({ object }) => object.metadata.annotations?.[key] !== first?.object.metadata.annotations?.[key],
    );
    if (first === undefined || other === undefined) continue;
    sayOfOne(other)(
      ['metadata', 'annotations', key],
      `${objectName(first.ref)} is in the same group and has ${first.object.metadata.annotations?.[key]}`,
      {
        hint: 'Use the same value, or give one of them its own group (alb.ingress.kubernetes.io/group.name).',
        related: [{ message: 'the other value', object: first.ref, path: ['metadata', 'annotations', key] }],
      },
    );
  }
}
