// Manifests for tests of the pod: objects with Kubernetes' defaults, as the reader gives them.

import { type CompiledPod, compiledPodOf, type PodOptions } from '../../../src/3-plan/pod/index.ts';
import type { Deployment } from '../../../src/generated/kubernetes.ts';
import { withDefaults } from '../../../src/kinds/defaults.ts';
import type { Kind } from '../../../src/kinds/index.ts';
import type { JsonObject } from '../../../src/kinds/shared/defaults/jsonObject.ts';
import type { Manifest, Manifests } from '../../../src/manifest.ts';

interface Written {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

export function manifestsOf(objects: readonly object[]): Manifests {
  const all = (objects as readonly Written[]).map((written, document): Manifest => {
    const kind = written.kind as Kind;
    const { name, namespace = 'default' } = written.metadata;
    const object = withDefaults[kind]({
      ...written,
      metadata: { ...written.metadata, namespace },
    } as unknown as JsonObject);
    return {
      kind,
      ref: { source: 'test', document, apiVersion: written.apiVersion, kind, namespace, name },
      object,
      written,
    };
  });
  const same = (kind: Kind, namespace: string, name: string) => (one: Manifest) =>
    one.kind === kind && one.ref.namespace === namespace && one.ref.name === name;
  return {
    objects: all,
    of: <K extends Kind>(kind: K) => all.filter((one) => one.kind === kind) as unknown as readonly Manifest<K>[],
    get: <K extends Kind>(kind: K, namespace: string, name: string) =>
      all.find(same(kind, namespace, name)) as unknown as Manifest<K> | undefined,
    wasRefused: () => false,
  };
}

/** The Deployment among the objects, and its compiled pod. */
export function compiledOf(
  objects: readonly object[],
  options: Partial<PodOptions> = {},
): CompiledPod & { readonly deployment: Deployment } {
  const all = manifestsOf(objects);
  const [manifest] = all.of('Deployment');
  if (manifest === undefined) throw new Error('no Deployment');
  const { object, ref } = manifest;
  return {
    ...compiledPodOf(object.spec.template, ref, all, { env: 'prod', app: 'shop', ...options }),
    deployment: object,
  };
}

/** A Deployment `web` whose pod has this specification. */
export const deploymentOf = (spec: object, metadata: object = {}): object => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' }, ...metadata }, spec },
  },
});

export const configMapOf = (name: string, data: object, binaryData: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data,
  binaryData,
});

/** The first container of a pod that has only this. */
export const containerOf = (container: object, ...more: readonly object[]) =>
  compiledOf([deploymentOf({ containers: [{ name: 'main', image: 'busybox', ...container }] }), ...more]).pod
    .containers[0];
