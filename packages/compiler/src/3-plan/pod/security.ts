// Who a container runs as and what it may do: the pod's and the container's contexts in one.
import type { Security } from '../../generated/agent-v1.ts';
import type { Container, PodSecurityContext, SecurityContext } from '../../generated/kubernetes.ts';
import { definedFields, nonEmptyList, nonEmptyObject, trueOnly } from './optionalFields.ts';
import { unreachable } from './scope.ts';

/**
 * `DetermineEffectiveSecurityContext` (kubernetes/pkg/securitycontext): the container's wins, field by field; and the
 * groups of the pod's alone (kubernetes/pkg/kubelet/kuberuntime/security_context.go).
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

/** Runtimes take any case, and people write `CAP_NET_ADMIN` for `NET_ADMIN`. Each once. */
function capabilities(names: readonly string[] = []): readonly string[] {
  return [...new Set(names.map((name) => name.toUpperCase().replace(/^CAP_/, '')))];
}

/** The container's, else the pod's: `getSeccompProfile` (kubernetes/pkg/kubelet/kuberuntime/helpers.go). */
function seccompOf(own: SecurityContext, pod: PodSecurityContext): Security['seccomp'] {
  const type = (own.seccompProfile ?? pod.seccompProfile)?.type;
  // Without a word, Kubernetes' own default is no profile at all; here it is the usual one.
  if (type === undefined || type === 'RuntimeDefault') return undefined;
  return type === 'Unconfined' ? type : unreachable(`seccomp profile ${type}`);
}
