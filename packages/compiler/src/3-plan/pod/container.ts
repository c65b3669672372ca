// One container, as the agent runs it.
import type { Container } from '../../generated/agent-v1.ts';
import type { Container as Written } from '../../generated/kubernetes.ts';
import { pinned } from '../../image/index.ts';
import { given, ifTrue, some, text, unless } from './compact.ts';
import { environmentOf } from './environment.ts';
import { lifecycleOf } from './lifecycle.ts';
import { devicesOf, mountsOf } from './mounts.ts';
import { absolutePath } from './paths.ts';
import { probeOf } from './probes.ts';
import { resourcesOf } from './resources.ts';
import { type Scope, unchecked } from './scope.ts';
import { securityOf } from './security.ts';

/** Commands and arguments go as they are: the agent expands them, since variables may be known at boot only. */
export function containerOf(scope: Scope, container: Written): Container {
  return given<Container>({
    name: container.name,
    image: pinned(container.image ?? unchecked(`container ${container.name} without an image`), scope.digests),
    command: some(container.command),
    args: some(container.args),
    workingDir: text(container.workingDir),
    env: some(environmentOf(scope, container)),
    mounts: some(mountsOf(container)),
    devices: some(devicesOf(container)),
    startupProbe: probeOf(container, container.startupProbe),
    livenessProbe: probeOf(container, container.livenessProbe),
    readinessProbe: probeOf(container, container.readinessProbe),
    ...lifecycleOf(container),
    resources: resourcesOf(container.resources),
    security: securityOf(scope.spec.securityContext, container),
    restartPolicy: restartPolicyOf(scope, container),
    stdin: ifTrue(container.stdin),
    stdinOnce: ifTrue(container.stdinOnce),
    tty: ifTrue(container.tty),
    terminationMessagePath:
      text(unless(container.terminationMessagePath, '/dev/termination-log')) && absolutePath(container.terminationMessagePath),
    terminationMessagePolicy: container.terminationMessagePolicy === 'FallbackToLogsOnError' ? 'FallbackToLogsOnError' : undefined,
  });
}

/** `Always` makes an init container a sidecar; of another it is what goes for the pod anyway. */
function restartPolicyOf({ spec }: Scope, container: Written): Container['restartPolicy'] {
  const { restartPolicy: policy } = container;
  if (policy === spec.restartPolicy && spec.initContainers?.includes(container) !== true) return undefined;
  return policy === 'Always' || policy === 'OnFailure' || policy === 'Never' ? policy : undefined;
}
