// Lifecycle hooks and the signal that ends a container.
import type { Hook } from '../../generated/agent-v1.ts';
import type { Container, LifecycleHandler } from '../../generated/kubernetes.ts';
import { text } from './compact.ts';
import { httpOf } from './handlers.ts';
import { unchecked } from './scope.ts';

/** postStart, preStop and stopSignal. Kubernetes does not expand a hook's command (`Run`, kubernetes/pkg/kubelet/lifecycle/handlers.go). */
export function lifecycleOf(container: Container) {
  const { postStart, preStop, stopSignal } = container.lifecycle ?? {};
  return { postStart: hookOf(container, postStart), preStop: hookOf(container, preStop), stopSignal: text(stopSignal) };
}

function hookOf(container: Container, handler: LifecycleHandler | undefined): Hook | undefined {
  if (handler === undefined) return undefined;
  if (handler.exec !== undefined) return { exec: handler.exec.command ?? [] };
  if (handler.httpGet !== undefined) return { http: httpOf(container, handler.httpGet) };
  if (handler.sleep !== undefined) return { sleep: handler.sleep.seconds };
  return unchecked(`a lifecycle hook of container ${container.name} without a handler`);
}
