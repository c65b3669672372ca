// Ingresses and IngressClasses, as ValidateIngressSpec and validateIngressClassSpec of Kubernetes.

import type { Path } from '../../diagnostic.ts';
import type { IngressBackend } from '../../generated/kubernetes.ts';
import { ingressBackendsOf, ingressPathsOf } from '../../kinds/shared/ingresses.ts';
import { dnsLabel, dnsSubdomain, isIPv4, isIPv6, isPort, portName } from '../formats.ts';
import { objectRule, type ReportAt } from '../rule.ts';

// What an Ingress holds. As ValidateIngressSpec of Kubernetes.

const FORBIDDEN_PARTS = ['//', '/./', '/../', '%2f', '%2F'];
const FORBIDDEN_ENDINGS = ['/..', '/.'];

export const ingresses = objectRule('Ingress', ['I2K337'], ({ spec, metadata }, say, manifest) => {
  const { rules = [], tls = [], defaultBackend, ingressClassName } = spec;
  if (rules.length === 0 && defaultBackend === undefined)
    say(['spec'], 'the Ingress has neither rules nor a default backend');
  if (ingressClassName !== undefined) {
    const problem = dnsSubdomain(ingressClassName);
    if (problem) say(['spec', 'ingressClassName'], `ingressClassName ${JSON.stringify(ingressClassName)} ${problem}`);
    const older = metadata.annotations?.['kubernetes.io/ingress.class'];
    if (older !== undefined && older !== ingressClassName) {
      say(
        ['metadata', 'annotations', 'kubernetes.io/ingress.class'],
        'the annotation names another class than ingressClassName',
      );
    }
  }
  for (const [index, { host = '', http }] of rules.entries()) {
    const problem = host === '' ? undefined : hostProblem(host);
    if (problem) say(['spec', 'rules', index, 'host'], `the host ${JSON.stringify(host)} ${problem}`);
    if (http && http.paths.length === 0) say(['spec', 'rules', index, 'http', 'paths'], 'the rule has no paths');
  }
  for (const { written, path } of ingressPathsOf(manifest)) checkPath(written.path ?? '', written.pathType, path, say);
  for (const { backend, path } of ingressBackendsOf(manifest)) checkBackend(backend, path, say);
  for (const [index, { hosts = [], secretName }] of tls.entries()) {
    for (const [position, host] of hosts.entries()) {
      const problem = hostProblem(host, false);
      if (problem) say(['spec', 'tls', index, 'hosts', position], `the host ${JSON.stringify(host)} ${problem}`);
    }
    const problem = secretName ? dnsSubdomain(secretName) : undefined;
    if (problem) say(['spec', 'tls', index, 'secretName'], `secretName ${JSON.stringify(secretName)} ${problem}`);
  }
});

/** IsDNS1123Subdomain, or IsWildcardDNS1123Subdomain where it has a star. */
function hostProblem(host: string, address = true): string | undefined {
  if (address && (isIPv4(host) || isIPv6(host))) return 'is an address, and no name';
  return host.startsWith('*.') ? dnsSubdomain(host.slice(2)) : dnsSubdomain(host);
}

function checkPath(path: string, type: string, at: Path, say: ReportAt): void {
  if (!['Exact', 'Prefix', 'ImplementationSpecific'].includes(type)) {
    say([...at, 'pathType'], `${JSON.stringify(type)} is none of Exact, Prefix and ImplementationSpecific`);
  } else if (path === '' ? type !== 'ImplementationSpecific' : !path.startsWith('/')) {
    say([...at, 'path'], `the path ${JSON.stringify(path)} does not begin with /`);
  } else if (type !== 'ImplementationSpecific') {
    const wrong =
      FORBIDDEN_PARTS.find((part) => path.includes(part)) ?? FORBIDDEN_ENDINGS.find((end) => path.endsWith(end));
    if (wrong) say([...at, 'path'], `the path ${JSON.stringify(path)} has ${wrong} in it`);
  }
}

function checkBackend({ service, resource }: IngressBackend, path: Path, say: ReportAt): void {
  if (service && resource) say(path, 'a backend is a service or a resource, and not both');
  else if (resource) {
    if (!resource.kind || !resource.name) say([...path, 'resource'], 'the resource has no kind, or no name');
    else if ([resource.kind, resource.name].some((part) => /[/%]|^\.\.?$/.test(part)))
      say([...path, 'resource'], 'kind and name are parts of a path');
    const problem = resource.apiGroup === undefined ? undefined : dnsSubdomain(resource.apiGroup);
    if (problem) say([...path, 'resource', 'apiGroup'], `apiGroup ${JSON.stringify(resource.apiGroup)} ${problem}`);
  } else if (!service) say(path, 'the backend names no service');
  else {
    const { name, port } = service;
    const problem = name ? dnsLabel(name) : 'is empty';
    if (problem) say([...path, 'service', 'name'], `the name ${JSON.stringify(name ?? '')} ${problem}`);
    const wrong = port.name ? portName(port.name) : undefined;
    if (port.name && port.number) say([...path, 'service', 'port'], 'a port has a name or a number, and not both');
    else if (wrong) say([...path, 'service', 'port', 'name'], `the port's name ${JSON.stringify(port.name)} ${wrong}`);
    else if (!port.name && !isPort(port.number ?? 0))
      say(
        [...path, 'service', 'port'],
        port.number ? `${port.number} is no port` : 'the port has neither a name nor a number',
      );
  }
}

// What an IngressClass names. As validateIngressClassSpec of Kubernetes.

export const ingressClasses = objectRule('IngressClass', ['I2K337'], ({ spec }, say) => {
  const { controller = '', parameters } = spec;
  const [domain = '', ...rest] = controller.split('/');
  const wrong = dnsSubdomain(domain) ?? (rest.join('/') === '' ? 'has no slash with something after it' : undefined);
  const problem =
    controller.length > 250
      ? 'is longer than 250 characters'
      : (wrong ?? (/^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/.test(rest.join('/')) ? undefined : 'is no path'));
  if (problem) say(['spec', 'controller'], `the controller ${JSON.stringify(controller)} ${problem}`);
  if (!parameters) return;
  const { kind, name, scope, namespace } = parameters;
  const at = ['spec', 'parameters'];
  if (!kind || !name) say(at, 'the parameters have no kind, or no name');
  if (!['Cluster', 'Namespace'].includes(scope))
    say([...at, 'scope'], `${JSON.stringify(scope)} is neither Cluster nor Namespace`);
  if (scope === 'Namespace' && !namespace) say(at, 'parameters of the scope Namespace need a namespace');
  if (scope === 'Cluster' && namespace)
    say([...at, 'namespace'], 'parameters of the scope Cluster are in no namespace');
});
