// Compiles one container for the agent.
import type { Container } from '../../generated/agent-v1.ts';
import type { Container as Written } from '../../generated/kubernetes.ts';
import { pinnedReference } from '../../image/index.ts';
import { environmentOf } from './environment.ts';
import { definedFields, nonEmptyList, nonEmptyText, trueOnly, unlessDefault } from './optionalFields.ts';
import { lifecycleOf, probeOf } from './probesAndHooks.ts';
import { resourcesOf } from './resources.ts';
import { type PodScope, unreachable } from './scope.ts';
import { securityOf } from './security.ts';
import { absolutePath, devicesOf, mountsOf } from './volumes.ts';

/** Commands and arguments are passed on unexpanded: some variables are known at boot only. */
export function containerOf(scope: PodScope, container: Written): Container {
  return definedFields<Container>({
    name: container.name,
    image: pinnedReference(
      container.image ?? unreachable(`container ${container.name} without an image`),
      scope.digests,
    ),
    command: nonEmptyList(container.command),
    args: nonEmptyList(container.args),
    workingDir: nonEmptyText(container.workingDir),
    env: nonEmptyList(environmentOf(scope, container)),
    mounts: nonEmptyList(mountsOf(container)),
    devices: nonEmptyList(devicesOf(container)),
    startupProbe: probeOf(container, container.startupProbe),
    livenessProbe: probeOf(container, container.livenessProbe),
    readinessProbe: probeOf(container, container.readinessProbe),
    ...lifecycleOf(container),
    resources: resourcesOf(container.resources),
    security: securityOf(scope.spec.securityContext, container),
    restartPolicy: restartPolicyOf(scope, container),
    stdin: trueOnly(container.stdin),
    stdinOnce: trueOnly(container.stdinOnce),
    tty: trueOnly(container.tty),
    terminationMessagePath:
      nonEmptyText(unlessDefault(container.terminationMessagePath, '/dev/termination-log')) &&
      absolutePath(container.terminationMessagePath),
    terminationMessagePolicy:
      container.terminationMessagePolicy === 'FallbackToLogsOnError' ? 'FallbackToLogsOnError' : undefined,
  });
}

/** `Always` makes an init container a sidecar; other init containers follow the pod's policy. */
function restartPolicyOf({ spec }: PodScope, container: Written): Container['restartPolicy'] {
  const { restartPolicy: policy } = container;
  if (policy === spec.restartPolicy && spec.initContainers?.includes(container) !== true) return undefined;
  return policy === 'Always' || policy === 'OnFailure' || policy === 'Never' ? policy : undefined;
}
