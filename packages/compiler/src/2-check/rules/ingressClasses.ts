// What an IngressClass names. As validateIngressClassSpec of Kubernetes.
import { dnsSubdomain } from '../formats.ts';
import { perObject } from '../rule.ts';

export const ingressClasses = perObject('IngressClass', ['I2K337'], ({ spec }, say) => {
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
  if (!['Cluster', 'Namespace'].includes(scope)) say([...at, 'scope'], `${JSON.stringify(scope)} is neither Cluster nor Namespace`);
  if (scope === 'Namespace' && !namespace) say(at, 'parameters of the scope Namespace need a namespace');
  if (scope === 'Cluster' && namespace) say([...at, 'namespace'], 'parameters of the scope Cluster are in no namespace');
});
