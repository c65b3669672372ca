// Resource requests and limits of containers, as validateResourceRequirements of Kubernetes; and a warning where there are none.

import { annotationValue } from '../../annotations/index.ts';
import type { Path } from '../../diagnostic.ts';
import type { Quantity } from '../../generated/kubernetes.ts';
import { containersOf } from '../../kinds/shared/pods.ts';
import { compareQuantities, isWholeQuantity } from '../../kinds/shared/quantity.ts';
import { containerRule, podRule, type ReportAt } from '../rule.ts';

// What containers ask for and may use. As validateResourceRequirements of Kubernetes, for the resources that machines have.

const KNOWN_RESOURCES = ['cpu', 'memory', 'ephemeral-storage', 'nvidia.com/gpu'];
const GPU = 'nvidia.com/gpu';

type Resources = Readonly<Record<string, Quantity>>;

export const resources = containerRule(['I2K321', 'I2K421'], ({ container, path }, say) => {
  const { limits = {}, requests = {} } = container.resources;
  const at = [...path, 'resources'];
  checkList(limits, [...at, 'limits'], say);
  checkList(requests, [...at, 'requests'], say);
  for (const [name, request] of Object.entries(requests)) {
    const limit = Object.hasOwn(limits, name) ? limits[name] : undefined;
    if (limit !== undefined && compareQuantities(request, limit) > 0) {
      say([...at, 'requests', name], `the request of ${request} ${name} is more than the limit of ${limit}`);
    }
  }
  const [request, limit] = [requests[GPU], limits[GPU]];
  if (request !== undefined && limit === undefined)
    say([...at, 'requests', GPU], 'GPUs need a limit', { hint: 'move it to limits' });
  else if (request !== undefined && limit !== undefined && compareQuantities(request, limit) !== 0) {
    say([...at, 'requests', GPU], 'GPUs are not shared: request and limit have to be equal');
  }
});

function checkList(list: Resources, path: Path, say: ReportAt): void {
  for (const [name, quantity] of Object.entries(list)) {
    const at = [...path, name];
    if (!KNOWN_RESOURCES.includes(name))
      say(at, `no machine offers ${JSON.stringify(name)}`, { code: 'I2K421', atKey: true });
    else if (compareQuantities(quantity, 0) < 0) say(at, `${quantity} ${name} is negative`);
    else if (name === GPU && !isWholeQuantity(quantity)) say(at, `${quantity} GPUs is no whole number`);
  }
}

// A workload that asks for nothing says nothing about how large its machine must be.

const INSTANCE_TYPE_LABELS = ['node.kubernetes.io/instance-type', 'beta.kubernetes.io/instance-type'];

export const missingRequests = podRule(['I2K512'], (pod, say) => {
  const asks = containersOf(pod).some(({ container }) =>
    // Kubernetes takes a limit for the request where there is none, and its defaults have done so already.
    ['cpu', 'memory', 'nvidia.com/gpu'].some(
      (name) => container.resources.requests?.[name] ?? container.resources.limits?.[name],
    ),
  );
  const chosen =
    INSTANCE_TYPE_LABELS.some((label) => pod.spec.nodeSelector?.[label]) ||
    annotationValue(pod.manifest, 'i2kit.dev/instance-type');
  if (!asks && !chosen) say([...pod.path, 'containers'], `no container of ${pod.key} asks for cpu or memory`);
});
