// Probes: their numbers as they are after Kubernetes' defaults, their commands and requests ready to be made.
import type { Check, Grpc, Probe } from '../../generated/agent-v1.ts';
import type { Container, Probe as Written } from '../../generated/kubernetes.ts';
import { given, text } from './compact.ts';
import { expand } from './expansion.ts';
import { httpOf, tcpOf } from './handlers.ts';
import { unchecked } from './scope.ts';

export function probeOf(container: Container, probe: Written | undefined): Probe | undefined {
  if (probe === undefined) return undefined;
  return given<Probe>({
    check: checkOf(container, probe),
    initialDelaySeconds: probe.initialDelaySeconds ?? 0,
    periodSeconds: probe.periodSeconds,
    timeoutSeconds: probe.timeoutSeconds,
    successThreshold: probe.successThreshold,
    failureThreshold: probe.failureThreshold,
    terminationGracePeriodSeconds: probe.terminationGracePeriodSeconds,
  });
}

/** In the order in which the kubelet looks (`runProbe`, kubernetes/pkg/kubelet/prober). */
function checkOf(container: Container, { exec, httpGet, tcpSocket, grpc }: Written): Check {
  if (exec !== undefined) return { exec: (exec.command ?? []).map((word) => expandStatic(container, word)) };
  if (httpGet !== undefined) return { http: httpOf(container, httpGet) };
  if (tcpSocket !== undefined) return { tcp: tcpOf(container, tcpSocket) };
  if (grpc !== undefined) return { grpc: given<Grpc>({ port: grpc.port, service: text(grpc.service) }) };
  return unchecked(`a probe of container ${container.name} without a handler`);
}

/**
 * A probe's command sees only what `env` says literally, unexpanded, and what comes from elsewhere as empty:
 * `ExpandContainerCommandOnlyStatic` (kubernetes/pkg/kubelet/container/helpers.go). So it is expanded here.
 */
function expandStatic({ env = [] }: Container, word: string): string {
  const values = new Map(env.map(({ name, value = '' }) => [name, value]));
  return expand(word, (name) => values.get(name));
}
