// The downward API: fields that are known now become values, the others are left to the machine.
import type { Field } from '../../generated/agent-v1.ts';
import { ownValue, type PodScope, unreachable } from './scope.ts';

const bootFields: Readonly<Record<string, Field>> = {
  'metadata.name': 'metadata.name',
  'metadata.uid': 'metadata.uid',
  // Whole maps: the agent has them in the pod, and Go's own way of quoting them.
  'metadata.labels': 'metadata.labels',
  'metadata.annotations': 'metadata.annotations',
  'status.podIP': 'status.podIP',
  'status.podIPs': 'status.podIPs',
  'status.hostIP': 'status.hostIP',
  'status.hostIPs': 'status.hostIPs',
  'spec.nodeName': 'spec.nodeName',
  // How clients of Kubernetes' first versions called it.
  'spec.host': 'spec.nodeName',
};

/**
 * A `fieldRef`. See `ExtractFieldPathAsString` (kubernetes/pkg/fieldpath) and `podFieldSelectorRuntimeValue` (kubernetes/pkg/kubelet);
 * a label or annotation that is not there is empty.
 */
export function fieldRefValue(scope: PodScope, path: string): { readonly value: string } | { readonly field: Field } {
  const field = ownValue(bootFields, path);
  if (field !== undefined) return { field };
  if (path === 'metadata.namespace') return { value: scope.namespace };
  if (path === 'spec.serviceAccountName')
    return { value: scope.spec.serviceAccountName || scope.spec.serviceAccount || 'default' };
  const [, map, key = ''] = /^metadata\.(labels|annotations)\['(.*)'\]$/s.exec(path) ?? [];
  if (map === undefined) return unreachable(`fieldPath ${path}`);
  return { value: ownValue(map === 'labels' ? scope.labels : scope.annotations, key) ?? '' };
}
