// Where an Ingress leads to, and whether a load balancer can follow it.
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
  check(all, report) {
    for (const ingress of all.of('Ingress')) {
      const say = reporterFor(ingress, 'I2K483', report);
      checkBackends(ingress, all, say);
      checkPaths(ingress, say);
      checkTls(ingress, say);
    }
    const owners = new Map<string, string>();
    for (const [group, ingresses] of ingressGroups(all)) {
      checkGroup(ingresses, (ingress) => reporterFor(ingress, 'I2K485', report));
      for (const ingress of ingresses) checkHosts(ingress, group, owners, reporterFor(ingress, 'I2K487', report));
    }
  },
};

function checkBackends(ingress: Manifest<'Ingress'>, all: Manifests, say: ReportAt): void {
  const { namespace } = ingress.ref;
  for (const { backend, path } of ingressBackendsOf(ingress)) {
    if (!backend.service) continue;
    const { name, port } = backend.service;
    const service = all.get('Service', namespace, name);
    const at = [...path, 'service', 'name'];
    if (!service) {
      if (!all.wasRefused('Service', namespace, name))
        say(at, `there is no Service ${name} in the namespace ${namespace}`);
      continue;
    }
    const found = backendPort(backend, service);
    const pods = podsSelectedBy(service, all);
    if (isExternalName(service.object)) say(at, `the Service ${name} stands for a name outside, and no machine`);
    else if (!found) say([...path, 'service', 'port'], `the Service ${name} has no port ${port.name || port.number}`);
    else if (found.protocol !== 'TCP')
      say(
        [...path, 'service', 'port'],
        `the port ${found.port} of the Service ${name} is ${found.protocol}, and HTTP needs TCP`,
      );
    else if (pods.length === 0 || pods.every((pod) => targetPortNumber(found, pod.spec) === undefined)) {
      if (service.object.spec.selector !== undefined) say(at, `the Service ${name} leads to no machine`);
    }
  }
}

function checkPaths(ingress: Manifest<'Ingress'>, say: ReportAt): void {
  for (const { written, path } of ingressPathsOf(ingress)) {
    if (written.pathType === 'ImplementationSpecific') {
      say(
        [...path, 'pathType'],
        `the path ${JSON.stringify(written.path ?? '/*')} is taken as a pattern of an application load balancer`,
        {
          code: 'I2K561',
        },
      );
    }
    if (!isMatchablePath(written)) {
      say([...path, 'path'], `no rule of a load balancer can hold the path ${JSON.stringify(written.path)}`, {
        code: 'I2K484',
      });
    }
  }
}

function checkHosts(ingress: Manifest<'Ingress'>, group: string, owners: Map<string, string>, say: ReportAt): void {
  for (const [index, { host }] of (ingress.object.spec.rules ?? []).entries()) {
    if (!host) continue;
    const owner = owners.get(host.toLowerCase()) ?? group;
    owners.set(host.toLowerCase(), owner);
    if (owner !== group)
      say(['spec', 'rules', index, 'host'], `the host ${host} is served by Ingresses of the group ${owner}, too`);
  }
}

function checkTls(ingress: Manifest<'Ingress'>, say: ReportAt): void {
  const certificates = annotationValue(ingress, 'alb.ingress.kubernetes.io/certificate-arn');
  const [first] = ingress.object.spec.tls ?? [];
  if (first && certificates === undefined) {
    say(
      ['spec', 'tls', 0, ...(first.secretName ? ['secretName'] : [])],
      'TLS ends at the load balancer, and no certificate of ACM is named',
      { code: 'I2K481' },
    );
  }
  const https = annotationValue(ingress, 'alb.ingress.kubernetes.io/listen-ports')?.some(
    ({ protocol }) => protocol === 'HTTPS',
  );
  if (https && certificates === undefined && !first) {
    say(['metadata', 'annotations', 'alb.ingress.kubernetes.io/listen-ports'], 'HTTPS needs a certificate of ACM', {
      code: 'I2K481',
    });
  }
  for (const cidr of annotationValue(ingress, 'alb.ingress.kubernetes.io/inbound-cidrs') ?? []) {
    const family = cidrFamily(cidr);
    const at = ['metadata', 'annotations', 'alb.ingress.kubernetes.io/inbound-cidrs'];
    if (family === undefined) say(at, `${JSON.stringify(cidr)} is no CIDR block`, { code: 'I2K485' });
    else if (family === 'IPv6') say(at, `${cidr} is a block of IPv6 addresses`, { code: 'I2K432' });
  }
}

/** One load balancer cannot be two things. */
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
      `${objectName(first.ref)} is of the same group, and says ${first.object.metadata.annotations?.[key]}`,
      {
        hint: 'say the same, or give one of them a group of its own (alb.ingress.kubernetes.io/group.name)',
        related: [{ message: 'the other one', object: first.ref, path: ['metadata', 'annotations', key] }],
      },
    );
  }
}
