// Probes and lifecycle hooks: commands and requests, with named ports resolved in their container.

import type { Check, Grpc, Hook, Http, Probe, Tcp } from '../../generated/agent-v1.ts';
import type {
  Container,
  HTTPGetAction,
  IntOrString,
  LifecycleHandler,
  TCPSocketAction,
  Probe as Written,
} from '../../generated/kubernetes.ts';
import { expandVariables } from '../../kinds/shared/expansion.ts';
import { containerPortNumber } from '../../kinds/shared/ports.ts';
import { definedFields, nonEmptyList, nonEmptyText, unlessDefault } from './optionalFields.ts';
import { unreachable } from './scope.ts';

export function probeOf(container: Container, probe: Written | undefined): Probe | undefined {
  if (probe === undefined) return undefined;
  return definedFields<Probe>({
    check: checkOf(container, probe),
    initialDelaySeconds: probe.initialDelaySeconds ?? 0,
    periodSeconds: probe.periodSeconds,
    timeoutSeconds: probe.timeoutSeconds,
    successThreshold: probe.successThreshold,
    failureThreshold: probe.failureThreshold,
    terminationGracePeriodSeconds: probe.terminationGracePeriodSeconds,
  });
}

/** In the kubelet's order of precedence (`runProbe`, kubernetes/pkg/kubelet/prober). */
function checkOf(container: Container, { exec, httpGet, tcpSocket, grpc }: Written): Check {
  if (exec !== undefined) return { exec: expandStatic(container, exec.command ?? []) };
  if (httpGet !== undefined) return { http: httpOf(container, httpGet) };
  if (tcpSocket !== undefined) return { tcp: tcpOf(container, tcpSocket) };
  if (grpc !== undefined)
    return { grpc: definedFields<Grpc>({ port: grpc.port, service: nonEmptyText(grpc.service) }) };
  return unreachable(`a probe of container ${container.name} without a handler`);
}

/**
 * A probe's command sees only literal, unexpanded `env` values; values from elsewhere are empty:
 * `ExpandContainerCommandOnlyStatic` (kubernetes/pkg/kubelet/container/helpers.go). Therefore it is expanded at compile time.
 */
function expandStatic({ env = [] }: Container, words: readonly string[]): readonly string[] {
  const values = new Map(env.map(({ name, value = '' }) => [name, value]));
  return words.map((word) => expandVariables(word, (name) => values.get(name)));
}

/**
 * Actions that probes and lifecycle hooks share. https://pkg.go.dev/k8s.io/kubernetes/pkg/probe/http: the Host
 * header is sent like any other header.
 */
export function httpOf(container: Container, { scheme, host, port, path, httpHeaders }: HTTPGetAction): Http {
  return definedFields<Http>({
    scheme: scheme === 'HTTPS' ? scheme : undefined,
    host: nonEmptyText(host),
    port: portOf(container, port),
    path: nonEmptyText(unlessDefault(path, '/')),
    headers: nonEmptyList(httpHeaders?.map(({ name, value }) => ({ name, value }))),
  });
}

export function tcpOf(container: Container, { host, port }: TCPSocketAction): Tcp {
  return definedFields<Tcp>({ host: nonEmptyText(host), port: portOf(container, port) });
}

/** `ResolveContainerPort` (kubernetes/pkg/probe/util.go): port names resolve in this container only. */
function portOf(container: Container, port: IntOrString): number {
  return containerPortNumber(port, container) ?? unreachable(`port ${port} of container ${container.name}`);
}

/**
 * Lifecycle hooks and the stop signal of a container.
 * postStart, preStop and stopSignal. Kubernetes does not expand a hook's command (`Run`,
 * kubernetes/pkg/kubelet/lifecycle/handlers.go).
 */
export function lifecycleOf(container: Container) {
  const { postStart, preStop, stopSignal } = container.lifecycle ?? {};
  return {
    postStart: hookOf(container, postStart),
    preStop: hookOf(container, preStop),
    stopSignal: nonEmptyText(stopSignal),
  };
}

function hookOf(container: Container, handler: LifecycleHandler | undefined): Hook | undefined {
  if (handler === undefined) return undefined;
  if (handler.exec !== undefined) return { exec: handler.exec.command ?? [] };
  if (handler.httpGet !== undefined) return { http: httpOf(container, handler.httpGet) };
  if (handler.sleep !== undefined) return { sleep: handler.sleep.seconds };
  return unreachable(`a lifecycle hook of container ${container.name} without a handler`);
}
