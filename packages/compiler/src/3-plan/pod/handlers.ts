// What probes and lifecycle hooks share: commands and requests, with named ports resolved in their container.
import type { Http, Tcp } from '../../generated/agent-v1.ts';
import type { Container, HTTPGetAction, IntOrString, TCPSocketAction } from '../../generated/kubernetes.ts';
import { containerPort } from '../../kinds/shared/ports.ts';
import { given, some, text, unless } from './compact.ts';
import { unchecked } from './scope.ts';

/** https://pkg.go.dev/k8s.io/kubernetes/pkg/probe/http: the Host header is a header like the others. */
export function httpOf(container: Container, { scheme, host, port, path, httpHeaders }: HTTPGetAction): Http {
  return given<Http>({
    scheme: scheme === 'HTTPS' ? scheme : undefined,
    host: text(host),
    port: portOf(container, port),
    path: text(unless(path, '/')),
    headers: some(httpHeaders?.map(({ name, value }) => ({ name, value }))),
  });
}

export function tcpOf(container: Container, { host, port }: TCPSocketAction): Tcp {
  return given<Tcp>({ host: text(host), port: portOf(container, port) });
}

/** `ResolveContainerPort` (kubernetes/pkg/probe/util.go): names are those of this container, not of its neighbours. */
function portOf(container: Container, port: IntOrString): number {
  return containerPort(port, container) ?? unchecked(`port ${port} of container ${container.name}`);
}
