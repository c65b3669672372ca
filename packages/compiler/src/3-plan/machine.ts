// What kind of machine a pod needs: what it asks for, its architecture, where it may be.
// Source: the scheduler's PodRequests in k8s.io/component-helpers/resource/helpers.go.
import { annotation } from '../annotations/index.ts';
import type { Container, PodSpec, Quantity } from '../generated/kubernetes.ts';
import { isSidecar, type PodOf } from '../kinds/shared/pods.ts';
import { thousandths, units } from '../kinds/shared/quantity.ts';
import type { CompileOptions } from '../options.ts';
import type { Machine } from '../plan.ts';

/** @param zone where it has to stand, if it has to */
export function machine({ manifest, spec, path }: PodOf, options: CompileOptions, zone: string | undefined): Machine {
  const instanceType =
    annotation(manifest, 'i2kit.dev/instance-type') ?? selected(spec, 'node.kubernetes.io/instance-type') ?? options.config?.instanceType;
  const zones = zone === undefined ? selectedValues(spec, 'topology.kubernetes.io/zone') : [zone];
  const disk = request(spec, 'ephemeral-storage', units);
  return {
    origin: { object: manifest.ref, path },
    architecture: selected(spec, 'kubernetes.io/arch') === 'arm64' ? 'arm64' : 'amd64',
    requests: {
      cpu: request(spec, 'cpu', thousandths),
      memory: request(spec, 'memory', units),
      gpus: request(spec, 'nvidia.com/gpu', units),
    },
    ...(instanceType === undefined ? {} : { instanceType }),
    ...(disk === 0 ? {} : { disk }),
    ...(zones === undefined ? {} : { zones }),
  };
}

const beta: Readonly<Record<string, string>> = {
  'kubernetes.io/arch': 'beta.kubernetes.io/arch',
  'node.kubernetes.io/instance-type': 'beta.kubernetes.io/instance-type',
  'topology.kubernetes.io/zone': 'failure-domain.beta.kubernetes.io/zone',
};

/** What a nodeSelector, or a required affinity, says of a label; one value only. */
function selected(spec: PodSpec, label: string): string | undefined {
  return selectedValues(spec, label)?.[0];
}

/** All values that it may have, in order; undefined where nothing is said of it. */
export function selectedValues(spec: PodSpec, label: string): readonly string[] | undefined {
  const names = [label, beta[label] ?? label];
  for (const name of names) {
    const value = spec.nodeSelector?.[name];
    if (value !== undefined) return [value];
  }
  const terms = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  for (const expression of terms.flatMap((term) => term.matchExpressions ?? [])) {
    if (names.includes(expression.key) && expression.operator === 'In') return [...(expression.values ?? [])].sort();
  }
  return undefined;
}

/** Sidecars count with the containers; an init container counts where it asks for more than what runs beside it. */
function request(spec: PodSpec, resource: string, read: (written: Quantity) => number | undefined): number {
  const of = (container: Container) => {
    const asked = container.resources?.requests?.[resource] ?? container.resources?.limits?.[resource];
    return (asked === undefined ? undefined : read(asked)) ?? 0;
  };
  let sidecars = 0;
  let starting = 0;
  for (const container of spec.initContainers ?? []) {
    if (isSidecar(container)) {
      sidecars += of(container);
      starting = Math.max(starting, sidecars);
    } else {
      starting = Math.max(starting, sidecars + of(container));
    }
  }
  const running = spec.containers.reduce((sum, container) => sum + of(container), sidecars);
  return Math.max(running, starting);
}
