// User, capabilities and profiles of a container: merges the security contexts of pod and container.
import type { Security } from '../../generated/agent-v1.ts';
import type { Container, PodSecurityContext, SecurityContext } from '../../generated/kubernetes.ts';
import { definedFields, nonEmptyList, nonEmptyObject, trueOnly } from './optionalFields.ts';
import { unreachable } from './scope.ts';

/**
 * `DetermineEffectiveSecurityContext` (kubernetes/pkg/securitycontext): fields of the container win; groups come from the pod only (kubernetes/pkg/kubelet/kuberuntime/security_context.go).
 */
export function securityOf(pod: PodSecurityContext, { securityContext: own = {} }: Container): Security | undefined {
  return nonEmptyObject(
    definedFields<Security>({
      user: own.runAsUser ?? pod.runAsUser,
      group: own.runAsGroup ?? pod.runAsGroup,
      supplementalGroups: nonEmptyList(pod.supplementalGroups),
      supplementalGroupsPolicy: pod.supplementalGroupsPolicy === 'Strict' ? 'Strict' : undefined,
      nonRoot: trueOnly(own.runAsNonRoot ?? pod.runAsNonRoot),
      privileged: trueOnly(own.privileged),
      readOnlyRoot: trueOnly(own.readOnlyRootFilesystem),
      allowPrivilegeEscalation: own.allowPrivilegeEscalation === false ? false : undefined,
      addCapabilities: nonEmptyList(capabilities(own.capabilities?.add)),
      dropCapabilities: nonEmptyList(capabilities(own.capabilities?.drop)),
      seccomp: seccompOf(own, pod),
    }),
  );
}

/** Runtimes accept any case, and `CAP_NET_ADMIN` for `NET_ADMIN`. Without duplicates. */
function capabilities(names: readonly string[] = []): readonly string[] {
  return [...new Set(names.map((name) => name.toUpperCase().replace(/^CAP_/, '')))];
}

/** The container's profile, else the pod's: `getSeccompProfile` (kubernetes/pkg/kubelet/kuberuntime/helpers.go). */
function seccompOf(own: SecurityContext, pod: PodSecurityContext): Security['seccomp'] {
  const type = (own.seccompProfile ?? pod.seccompProfile)?.type;
  // Kubernetes defaults to no profile; machines default to the runtime's profile.
  if (type === undefined || type === 'RuntimeDefault') return undefined;
  return type === 'Unconfined' ? type : unreachable(`seccomp profile ${type}`);
}
