// Resource requests and limits of containers, as validateResourceRequirements of Kubernetes; a warning if there are
// none.

import { annotationValue } from '../../annotations/index.ts';
import type { Path } from '../../diagnostic.ts';
import type { Quantity } from '../../generated/kubernetes.ts';
import { containersOf } from '../../kinds/shared/pods.ts';
import { compareQuantities, isWholeQuantity } from '../../kinds/shared/quantity.ts';
import { containerRule, podRule, type ReportAt } from '../rule.ts';

const KNOWN_RESOURCES = ['cpu', 'memory', 'ephemeral-storage', 'nvidia.com/gpu'];
const GPU = 'nvidia.com/gpu';

type Resources = Readonly<Record<string, Quantity>>;

/**
 * Requests and limits of containers. As validateResourceRequirements of Kubernetes, for the resources that machines
 * have.
 */
export const resources = containerRule(['I2K321', 'I2K421', 'I2K436'], ({ container, path }, reportAt) => {
  const { limits = {}, requests = {} } = container.resources;
  const fieldPath = [...path, 'resources'];
  checkList(limits, [...fieldPath, 'limits'], reportAt);
  checkList(requests, [...fieldPath, 'requests'], reportAt);
  for (const [name, request] of Object.entries(requests)) {
    const limit = Object.hasOwn(limits, name) ? limits[name] : undefined;
    if (limit !== undefined && compareQuantities(request, limit) > 0) {
      reportAt([...fieldPath, 'requests', name], `the request of ${request} ${name} exceeds the limit of ${limit}`);
    }
  }
  const [request, limit] = [requests[GPU], limits[GPU]];
  if (request !== undefined && limit === undefined)
    reportAt([...fieldPath, 'requests', GPU], 'GPUs need a limit', { hint: 'Move it to limits.' });
  else if (request !== undefined && limit !== undefined && compareQuantities(request, limit) !== 0) {
    reportAt([...fieldPath, 'requests', GPU], 'GPUs are not shared: request and limit must be equal');
  }
});

function checkList(list: Resources, path: Path, reportAt: ReportAt): void {
  for (const [name, quantity] of Object.entries(list)) {
    const fieldPath = [...path, name];
    if (!KNOWN_RESOURCES.includes(name))
      reportAt(fieldPath, `no machine offers ${JSON.stringify(name)}`, { code: 'I2K421', atKey: true });
    else if (compareQuantities(quantity, 0) < 0) reportAt(fieldPath, `${quantity} ${name} is negative`);
    else if (name === GPU && !isWholeQuantity(quantity)) reportAt(fieldPath, `${quantity} GPUs is not a whole number`);
    else if (name === 'memory' && isTooLittleMemory(quantity))
      reportAt(
        fieldPath,
        `no process starts in ${quantity} ${/m$/.test(String(quantity)) ? '(a fraction of a byte)' : 'bytes'} of memory`,
        {
          code: 'I2K436',
          hint: `Did you mean ${Number.parseFloat(String(quantity))}Mi?`,
        },
      );
  }
}

/** 1 MiB: less than any process needs, so the unit is missing or wrong. 0 means the default. */
const LEAST_MEMORY = 2 ** 20;

const isTooLittleMemory = (quantity: Quantity) =>
  compareQuantities(quantity, 0) > 0 && compareQuantities(quantity, LEAST_MEMORY) < 0;

const INSTANCE_TYPE_LABELS = ['node.kubernetes.io/instance-type', 'beta.kubernetes.io/instance-type'];

/** Without requests the size of the machine is not known. */
export const missingRequests = podRule(['I2K512'], (pod, reportAt) => {
  const hasRequests = containersOf(pod).some(({ container }) =>
    // The limit is the default request in Kubernetes, which its defaults have already set.
    ['cpu', 'memory', 'nvidia.com/gpu'].some(
      (name) => container.resources.requests?.[name] ?? container.resources.limits?.[name],
    ),
  );
  const chosen =
    INSTANCE_TYPE_LABELS.some((label) => pod.spec.nodeSelector?.[label]) ||
    annotationValue(pod.manifest, 'i2kit.dev/instance-type');
  if (!hasRequests && !chosen)
    reportAt([...pod.path, 'containers'], `no container of ${pod.key} requests cpu or memory`);
});
