// Ingresses and IngressClasses, as ValidateIngressSpec and validateIngressClassSpec of Kubernetes.

import type { Path } from '../../diagnostic.ts';
import type { IngressBackend } from '../../generated/kubernetes.ts';
import { ingressBackendsOf, ingressPathsOf } from '../../kinds/shared/ingresses.ts';
import { dnsLabel, dnsSubdomain, isIPv4, isIPv6, isPort, portName } from '../formats.ts';
import { objectRule, type ReportAt } from '../rule.ts';

const FORBIDDEN_PARTS = ['//', '/./', '/../', '%2f', '%2F'];
const FORBIDDEN_ENDINGS = ['/..', '/.'];

/** The fields of an Ingress. As ValidateIngressSpec of Kubernetes. */
export const ingresses = objectRule('Ingress', ['I2K337'], ({ spec, metadata }, reportAt, manifest) => {
  const { rules = [], tls = [], defaultBackend, ingressClassName } = spec;
  if (rules.length === 0 && defaultBackend === undefined)
    reportAt(['spec'], 'the Ingress has neither rules nor a default backend');
  if (ingressClassName !== undefined) {
    const problem = dnsSubdomain(ingressClassName);
    if (problem)
      reportAt(['spec', 'ingressClassName'], `ingressClassName ${JSON.stringify(ingressClassName)} ${problem}`);
    const older = metadata.annotations?.['kubernetes.io/ingress.class'];
    if (older !== undefined && older !== ingressClassName) {
      reportAt(
        ['metadata', 'annotations', 'kubernetes.io/ingress.class'],
        'the annotation names another class than ingressClassName',
      );
    }
  }
  for (const [index, { host = '', http }] of rules.entries()) {
    const problem = host === '' ? undefined : hostProblem(host);
    if (problem) reportAt(['spec', 'rules', index, 'host'], `the host ${JSON.stringify(host)} ${problem}`);
    if (http && http.paths.length === 0) reportAt(['spec', 'rules', index, 'http', 'paths'], 'the rule has no paths');
  }
  for (const { written, path } of ingressPathsOf(manifest))
    checkPath(written.path ?? '', written.pathType, path, reportAt);
  for (const { backend, path } of ingressBackendsOf(manifest)) checkBackend(backend, path, reportAt);
  for (const [index, { hosts = [], secretName }] of tls.entries()) {
    for (const [position, host] of hosts.entries()) {
      const problem = hostProblem(host, false);
      if (problem) reportAt(['spec', 'tls', index, 'hosts', position], `the host ${JSON.stringify(host)} ${problem}`);
    }
    const problem = secretName ? dnsSubdomain(secretName) : undefined;
    if (problem) reportAt(['spec', 'tls', index, 'secretName'], `secretName ${JSON.stringify(secretName)} ${problem}`);
  }
});

/** IsDNS1123Subdomain, or IsWildcardDNS1123Subdomain if it has a star. */
function hostProblem(host: string, address = true): string | undefined {
  if (address && (isIPv4(host) || isIPv6(host))) return 'is an address, not a name';
  return host.startsWith('*.') ? dnsSubdomain(host.slice(2)) : dnsSubdomain(host);
}

function checkPath(path: string, type: string, fieldPath: Path, reportAt: ReportAt): void {
  if (!['Exact', 'Prefix', 'ImplementationSpecific'].includes(type)) {
    reportAt([...fieldPath, 'pathType'], `${JSON.stringify(type)} is not Exact, Prefix or ImplementationSpecific`);
  } else if (path === '' ? type !== 'ImplementationSpecific' : !path.startsWith('/')) {
    reportAt([...fieldPath, 'path'], `the path ${JSON.stringify(path)} does not begin with /`);
  } else if (type !== 'ImplementationSpecific') {
    const problem =
      FORBIDDEN_PARTS.find((part) => path.includes(part)) ?? FORBIDDEN_ENDINGS.find((end) => path.endsWith(end));
    if (problem) reportAt([...fieldPath, 'path'], `the path ${JSON.stringify(path)} contains ${problem}`);
  }
}

function checkBackend({ service, resource }: IngressBackend, path: Path, reportAt: ReportAt): void {
  if (service && resource) reportAt(path, 'a backend is a service or a resource, not both');
  else if (resource) {
    if (!resource.kind || !resource.name) reportAt([...path, 'resource'], 'the resource has no kind, or no name');
    else if ([resource.kind, resource.name].some((part) => /[/%]|^\.\.?$/.test(part)))
      reportAt([...path, 'resource'], 'kind and name must be valid path segments');
    const problem = resource.apiGroup === undefined ? undefined : dnsSubdomain(resource.apiGroup);
    if (problem)
      reportAt([...path, 'resource', 'apiGroup'], `apiGroup ${JSON.stringify(resource.apiGroup)} ${problem}`);
  } else if (!service) reportAt(path, 'the backend names no service');
  else {
    const { name, port } = service;
    const problem = name ? dnsLabel(name) : 'is empty';
    if (problem) reportAt([...path, 'service', 'name'], `the name ${JSON.stringify(name ?? '')} ${problem}`);
    const nameProblem = port.name ? portName(port.name) : undefined;
    if (port.name && port.number) reportAt([...path, 'service', 'port'], 'a port has a name or a number, not both');
    else if (nameProblem)
      reportAt([...path, 'service', 'port', 'name'], `the port's name ${JSON.stringify(port.name)} ${nameProblem}`);
    else if (!port.name && !isPort(port.number ?? 0))
      reportAt(
        [...path, 'service', 'port'],
        port.number ? `${port.number} is not a port` : 'the port has neither a name nor a number',
      );
  }
}

/** The names in an IngressClass. As validateIngressClassSpec of Kubernetes. */
export const ingressClasses = objectRule('IngressClass', ['I2K337'], ({ spec }, reportAt) => {
  const { controller = '', parameters } = spec;
  const [domain = '', ...rest] = controller.split('/');
  const nameProblem =
    dnsSubdomain(domain) ?? (rest.join('/') === '' ? 'has no slash with something after it' : undefined);
  const problem =
    controller.length > 250
      ? 'is longer than 250 characters'
      : (nameProblem ?? (/^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/.test(rest.join('/')) ? undefined : 'is no path'));
  if (problem) reportAt(['spec', 'controller'], `the controller ${JSON.stringify(controller)} ${problem}`);
  if (!parameters) return;
  const { kind, name, scope, namespace } = parameters;
  const path = ['spec', 'parameters'];
  if (!kind || !name) reportAt(path, 'the parameters have no kind, or no name');
  if (!['Cluster', 'Namespace'].includes(scope))
    reportAt([...path, 'scope'], `${JSON.stringify(scope)} is neither Cluster nor Namespace`);
  if (scope === 'Namespace' && !namespace) reportAt(path, 'parameters of scope Namespace need a namespace');
  if (scope === 'Cluster' && namespace)
    reportAt([...path, 'namespace'], 'parameters of scope Cluster cannot have a namespace');
});
