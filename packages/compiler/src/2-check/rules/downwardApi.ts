// What a pod may ask about itself. As validateObjectFieldSelector and validateContainerResourceFieldSelector of Kubernetes.
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

export const downwardApi = podRule(['I2K424', 'I2K332'], (pod, say) => {
  for (const { container, path } of containersOf(pod)) {
    for (const [index, { valueFrom }] of (container.env ?? []).entries()) {
      const at = [...path, 'env', index, 'valueFrom'];
      checkField(valueFrom?.fieldRef, ENV_FIELDS, [...at, 'fieldRef'], say);
      checkResource(valueFrom?.resourceFieldRef, pod, container, [...at, 'resourceFieldRef'], say);
    }
  }
  for (const [index, { downwardAPI, projected }] of (pod.spec.volumes ?? []).entries()) {
    const at = [...pod.path, 'volumes', index];
    const sources = [
      { items: downwardAPI?.items, path: [...at, 'downwardAPI', 'items'] },
      ...(projected?.sources ?? []).map((source, position) => ({
        items: source.downwardAPI?.items,
        path: [...at, 'projected', 'sources', position, 'downwardAPI', 'items'],
      })),
    ];
    for (const { items = [], path } of sources) {
      for (const [position, { fieldRef, resourceFieldRef }] of items.entries()) {
        const item = [...path, position];
        if ((fieldRef === undefined) === (resourceFieldRef === undefined))
          say(item, 'an item needs either a fieldRef or a resourceFieldRef', { code: 'I2K332' });
        checkField(fieldRef, FILE_FIELDS, [...item, 'fieldRef'], say);
        checkResource(resourceFieldRef, pod, undefined, [...item, 'resourceFieldRef'], say);
        if (resourceFieldRef && !resourceFieldRef.containerName)
          say([...item, 'resourceFieldRef'], 'a file does not know which container is meant', {
            code: 'I2K332',
            hint: 'add containerName',
          });
      }
    }
  }
});

function checkField(field: ObjectFieldSelector | undefined, known: readonly string[], path: Path, say: ReportAt): void {
  if (
    !field ||
    known.includes(field.fieldPath) ||
    /^metadata\.(?:labels|annotations)\['[^']+'\]$/.test(field.fieldPath)
  )
    return;
  say([...path, 'fieldPath'], `the pod cannot ask for ${JSON.stringify(field.fieldPath)} here`, {
    hint: `use ${known.join(', ')}, or metadata.labels['…']`,
  });
}

function checkResource(
  field: ResourceFieldSelector | undefined,
  pod: WorkloadPod,
  own: Container | undefined,
  path: Path,
  say: ReportAt,
): void {
  if (!field) return;
  const { resource, containerName, divisor } = field;
  if (!RESOURCE.test(resource)) {
    say([...path, 'resource'], `the pod cannot ask for ${JSON.stringify(resource)}`, {
      hint: 'use limits or requests of cpu, memory or ephemeral-storage',
    });
  }
  const asked = containerName
    ? containersOf(pod).find(({ container }) => container.name === containerName)?.container
    : own;
  if (containerName && !asked) {
    say([...path, 'containerName'], `no container of the pod is called ${JSON.stringify(containerName)}`, {
      code: 'I2K332',
    });
  }
  // In a cluster it is then what the node can give; here the node is chosen by the request.
  const [side = '', name = ''] = resource.split('.');
  if (asked && side === 'limits' && RESOURCE.test(resource) && !unitsRoundedUp(asked.resources?.limits?.[name] ?? 0)) {
    say([...path, 'resource'], `the container ${asked.name} has no limit of ${name}`, {
      hint: 'give it one, or ask for the request',
    });
  }
  const allowed = resource.endsWith('.cpu') ? ['0', '1', '1m'] : DIVISORS;
  if (divisor !== undefined && !allowed.includes(canonicalQuantity(divisor) ?? '')) {
    say([...path, 'divisor'], `the divisor of ${resource} is ${divisor}`, {
      hint: `use ${allowed.slice(1).join(', ')}`,
    });
  }
}
