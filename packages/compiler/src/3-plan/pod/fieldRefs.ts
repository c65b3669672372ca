// The downward API: fields known at compile time become values; the machine resolves the others.
import type { Field } from '../../generated/agent-v1.ts';
import { ownValue, type PodScope, unreachable } from './scope.ts';

const bootFields: Readonly<Record<string, Field>> = {
  'metadata.name': 'metadata.name',
  'metadata.uid': 'metadata.uid',
  // Whole label and annotation maps: the agent formats them with Go's quoting.
  'metadata.labels': 'metadata.labels',
  'metadata.annotations': 'metadata.annotations',
  'status.podIP': 'status.podIP',
  'status.podIPs': 'status.podIPs',
  'status.hostIP': 'status.hostIP',
  'status.hostIPs': 'status.hostIPs',
  'spec.nodeName': 'spec.nodeName',
  // Names of the first Kubernetes versions.
  'spec.host': 'spec.nodeName',
};

/**
 * Resolves a `fieldRef`. See `ExtractFieldPathAsString` (kubernetes/pkg/fieldpath) and `podFieldSelectorRuntimeValue`
 * (kubernetes/pkg/kubelet). A missing label or annotation is empty.
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
