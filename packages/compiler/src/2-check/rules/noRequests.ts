// A workload that asks for nothing says nothing about how large its machine must be.
import { annotation } from '../../annotations/index.ts';
import { containersOf } from '../../kinds/shared/pods.ts';
import { perPod } from '../rule.ts';

const TYPES = ['node.kubernetes.io/instance-type', 'beta.kubernetes.io/instance-type'];

export const noRequests = perPod(['I2K512'], (pod, say) => {
  const asks = containersOf(pod).some(({ container }) =>
    // Kubernetes takes a limit for the request where there is none, and its defaults have done so already.
    ['cpu', 'memory', 'nvidia.com/gpu'].some((name) => container.resources.requests?.[name] ?? container.resources.limits?.[name]),
  );
  const chosen = TYPES.some((label) => pod.spec.nodeSelector?.[label]) || annotation(pod.manifest, 'i2kit.dev/instance-type');
  if (!asks && !chosen) say([...pod.path, 'containers'], `no container of ${pod.key} asks for cpu or memory`);
});
