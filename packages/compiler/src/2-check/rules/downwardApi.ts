// Fields that a pod may read about itself. As validateObjectFieldSelector and validateContainerResourceFieldSelector
// of Kubernetes.
import type { Path } from '../../diagnostic.ts';
import type { Container, ObjectFieldSelector, ResourceFieldSelector } from '../../generated/kubernetes.ts';
import { containersOf, type WorkloadPod } from '../../kinds/shared/pods.ts';
import { canonicalQuantity, unitsRoundedUp } from '../../kinds/shared/quantity.ts';
import { podRule, type ReportAt } from '../rule.ts';

const ENV_FIELDS =
  'metadata.name metadata.namespace metadata.uid spec.nodeName spec.serviceAccountName status.hostIP status.hostIPs status.podIP status.podIPs'.split(
    ' ',
  );
const FILE_FIELDS = 'metadata.annotations metadata.labels metadata.name metadata.namespace metadata.uid'.split(' ');
const RESOURCE = /^(?:limits|requests)\.(?:cpu|memory|ephemeral-storage)$/;
const DIVISORS = '0 1 1k 1M 1G 1T 1P 1E 1Ki 1Mi 1Gi 1Ti 1Pi 1Ei'.split(' ');

export const downwardApi = podRule(['I2K424', 'I2K332'], (pod, reportAt) => {
  for (const { container, path } of containersOf(pod)) {
    for (const [index, { valueFrom }] of (container.env ?? []).entries()) {
      const itemPath = [...path, 'env', index, 'valueFrom'];
      checkField(valueFrom?.fieldRef, ENV_FIELDS, [...itemPath, 'fieldRef'], reportAt);
      checkResource(valueFrom?.resourceFieldRef, pod, container, [...itemPath, 'resourceFieldRef'], reportAt);
    }
  }
  for (const [index, { downwardAPI, projected }] of (pod.spec.volumes ?? []).entries()) {
    const itemPath = [...pod.path, 'volumes', index];
    const sources = [
      { items: downwardAPI?.items, path: [...itemPath, 'downwardAPI', 'items'] },
      ...(projected?.sources ?? []).map((source, position) => ({
        items: source.downwardAPI?.items,
        path: [...itemPath, 'projected', 'sources', position, 'downwardAPI', 'items'],
      })),
    ];
    for (const { items = [], path } of sources) {
      for (const [position, { fieldRef, resourceFieldRef }] of items.entries()) {
        const item = [...path, position];
        if ((fieldRef === undefined) === (resourceFieldRef === undefined))
          reportAt(item, 'an item needs either a fieldRef or a resourceFieldRef', { code: 'I2K332' });
        checkField(fieldRef, FILE_FIELDS, [...item, 'fieldRef'], reportAt);
        checkResource(resourceFieldRef, pod, undefined, [...item, 'resourceFieldRef'], reportAt);
        if (resourceFieldRef && !resourceFieldRef.containerName)
          reportAt([...item, 'resourceFieldRef'], 'a file must name its container', {
            code: 'I2K332',
            hint: 'Add containerName.',
          });
      }
    }
  }
});

function checkField(
  field: ObjectFieldSelector | undefined,
  allowed: readonly string[],
  path: Path,
  reportAt: ReportAt,
): void {
  if (
    !field ||
    allowed.includes(field.fieldPath) ||
    /^metadata\.(?:labels|annotations)\['[^']+'\]$/.test(field.fieldPath)
  )
    return;
  reportAt([...path, 'fieldPath'], `${JSON.stringify(field.fieldPath)} is not available to the pod`, {
    hint: `Use ${allowed.join(', ')}, or metadata.labels['…'].`,
  });
}

function checkResource(
  field: ResourceFieldSelector | undefined,
  pod: WorkloadPod,
  ownContainer: Container | undefined,
  path: Path,
  reportAt: ReportAt,
): void {
  if (!field) return;
  const { resource, containerName, divisor } = field;
  if (!RESOURCE.test(resource)) {
    reportAt([...path, 'resource'], `${JSON.stringify(resource)} is not available to the pod`, {
      hint: 'Use limits or requests of cpu, memory or ephemeral-storage.',
    });
  }
  const asked = containerName
    ? containersOf(pod).find(({ container }) => container.name === containerName)?.container
    : ownContainer;
  if (containerName && !asked) {
    reportAt([...path, 'containerName'], `no container of the pod is named ${JSON.stringify(containerName)}`, {
      code: 'I2K332',
    });
  }
  // In a cluster the value is then the node's capacity; here the request selects the machine.
  const [side = '', name = ''] = resource.split('.');
  if (asked && side === 'limits' && RESOURCE.test(resource) && !unitsRoundedUp(asked.resources?.limits?.[name] ?? 0)) {
    reportAt([...path, 'resource'], `the container ${asked.name} has no limit of ${name}`, {
      hint: 'Set one, or use the request.',
    });
  }
  const allowed = resource.endsWith('.cpu') ? ['0', '1', '1m'] : DIVISORS;
  if (divisor !== undefined && !allowed.includes(canonicalQuantity(divisor) ?? '')) {
    reportAt([...path, 'divisor'], `the divisor of ${resource} is ${divisor}`, {
      hint: `Use one of ${allowed.slice(1).join(', ')}.`,
    });
  }
}
