// Where a container sees the pod's volumes.
import type { Device, Mount } from '../../generated/agent-v1.ts';
import type { Container, VolumeMount } from '../../generated/kubernetes.ts';
import { given, ifTrue, text } from './compact.ts';
import { absolutePath, cleanPath } from './paths.ts';

/** `makeMounts` (kubernetes/pkg/kubelet/kubelet_pods.go). */
export function mountsOf({ volumeMounts = [] }: Container): readonly Mount[] {
  return volumeMounts.map((mount) =>
    given<Mount>({
      volume: mount.name,
      path: absolutePath(mount.mountPath),
      subPath: text(cleanPath(mount.subPath ?? '')),
      subPathExpr: text(mount.subPathExpr),
      readOnly: ifTrue(mount.readOnly),
      recursiveReadOnly: ifTrue(isRecursive(mount)),
      propagation:
        mount.mountPropagation === 'HostToContainer' || mount.mountPropagation === 'Bidirectional' ? mount.mountPropagation : undefined,
    }),
  );
}

/** `IfPossible`: the machine's kernel and runc can. See `resolveRecursiveReadOnly` (kubernetes/pkg/kubelet/kubelet_pods.go). */
function isRecursive({ recursiveReadOnly, readOnly }: VolumeMount): boolean {
  return readOnly === true && (recursiveReadOnly === 'Enabled' || recursiveReadOnly === 'IfPossible');
}

export function devicesOf({ volumeDevices = [] }: Container): readonly Device[] {
  return volumeDevices.map(({ name, devicePath }) => ({ volume: name, path: absolutePath(devicePath) }));
}
