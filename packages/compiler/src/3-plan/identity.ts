// What the pod's containers may do in the cloud: the role that their ServiceAccount names.
import { annotation } from '../annotations/index.ts';
import { type PodOf, serviceAccountOf } from '../kinds/shared/pods.ts';
import type { Manifests } from '../manifest.ts';
import type { Identity } from '../plan.ts';

export function identity(pod: PodOf, all: Manifests): Identity {
  const serviceAccount = serviceAccountOf(pod);
  const account = all.get('ServiceAccount', pod.namespace, serviceAccount);
  const role = account === undefined ? undefined : annotation(account, 'eks.amazonaws.com/role-arn');
  return {
    origin: account === undefined ? { object: pod.manifest.ref, path: pod.path } : { object: account.ref, path: [] },
    serviceAccount,
    ...(role === undefined ? {} : { role }),
  };
}
