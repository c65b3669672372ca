// Each leaf changed alone is refused or warned of with its code at its path, or nothing is said.
import { checkFieldSupport } from '../../src/2-check/fieldSupport.ts';
import { type Path, pathText } from '../../src/diagnostic.ts';
import { fieldSupport } from '../../src/kinds/fieldSupport.ts';
import type { Kind } from '../../src/kinds/index.ts';
import type { JsonObject } from '../../src/kinds/shared/defaults/jsonObject.ts';
import type { FieldSupport } from '../../src/kinds/shared/fields/fieldSupport.ts';
import { indexOf, manifestOf } from '../helpers/manifests.ts';
import * as objects from '../helpers/objects.ts';
import { leavesOf } from '../helpers/schema.ts';

const minimalObjects: Readonly<Record<Kind, JsonObject>> = {
  ConfigMap: objects.configMap,
  CronJob: objects.cronJob,
  Deployment: objects.deployment,
  HorizontalPodAutoscaler: objects.autoscaler,
  Ingress: objects.ingress,
  IngressClass: objects.ingressClass,
  Job: objects.job,
  // Its mere name is warned of.
  Namespace: { apiVersion: 'v1', kind: 'Namespace' },
  PersistentVolumeClaim: objects.claim,
  NetworkPolicy: objects.networkPolicy,
  Pod: objects.pod,
  PodDisruptionBudget: objects.budget,
  ReplicaSet: objects.replicaSet,
  ReplicationController: objects.replicationController,
  Secret: objects.secret,
  Service: objects.service,
  ServiceAccount: objects.serviceAccount,
  StatefulSet: objects.statefulSet,
  StorageClass: objects.storageClass,
};

function findingsOf(
  kind: Kind,
  path: string,
  value: unknown,
): readonly { readonly code: string; readonly path: Path }[] {
  const found: { readonly code: string; readonly path: Path }[] = [];
  const written = objects.withValueAt(minimalObjects[kind], objects.stepsOf(path), value);
  checkFieldSupport(indexOf([{ ...manifestOf(minimalObjects[kind]), written }]), (finding) => found.push(finding));
  return found;
}

/** A value of the leaf's type that is not among the harmless ones. */
function valueFor(type: string, entry: FieldSupport): unknown {
  const harmless = 'unless' in entry ? [entry.unless].flat() : [];
  const candidates: Readonly<Record<string, readonly unknown[]>> = {
    boolean: [true, false],
    integer: [7],
    array: [[{}]],
    object: [{ x: 1 }],
  };
  return (candidates[type] ?? ['other']).find((value) => !harmless.some((one) => one === value));
}

describe.each(Object.keys(fieldSupport) as Kind[])('of %s', (kind) => {
  const leaves = leavesOf(kind);
  const entries = Object.entries(fieldSupport[kind]);

  it('what is refused or warned of is said, once and at its place', () => {
    for (const [path, entry] of entries) {
      if ((!('refused' in entry) && !('warned' in entry)) || entry.byRule) continue;
      const code = 'refused' in entry ? entry.refused : entry.warned;
      const at = pathText(objects.stepsOf(path));
      expect(
        findingsOf(kind, path, valueFor(leaves.get(path) ?? '', entry)).map((one) => [one.code, pathText(one.path)]),
      ).toEqual([[code, at]]);
    }
  });

  it('what is harmless is not', () => {
    for (const [path, entry] of entries) {
      for (const value of 'unless' in entry ? [entry.unless].flat() : [])
        expect({ path, said: findingsOf(kind, path, value) }).toEqual({ path, said: [] });
      expect({ path, said: findingsOf(kind, path, null) }).toEqual({ path, said: [] });
    }
  });

  it('what is mapped or meaningless is not', () => {
    for (const [path, entry] of entries) {
      if (!('mapped' in entry) && !('meaningless' in entry)) continue;
      expect({ path, said: findingsOf(kind, path, valueFor(leaves.get(path) ?? '', entry)) }).toEqual({
        path,
        said: [],
      });
    }
  });
});

it('a part that is refused as a whole is refused once', () => {
  const disk = { pdName: 'a', fsType: 'ext4', readOnly: true };
  expect(findingsOf('Deployment', 'spec.template.spec.volumes[]', { name: 'a', gcePersistentDisk: disk })).toHaveLength(
    1,
  );
  expect(findingsOf('Deployment', 'spec.template.spec.volumes[]', { name: 'a', ephemeral: {} })).toHaveLength(1);
});

it('what people bring along has a word of what to do instead', () => {
  const hintOf = (volume: object): string | undefined => {
    const found: { readonly hint?: string }[] = [];
    const written = objects.inPod({ volumes: [{ name: 'a', ...volume }] });
    checkFieldSupport(indexOf([{ ...manifestOf(minimalObjects.Deployment), written }]), (finding) =>
      found.push(finding),
    );
    return found[0]?.hint;
  };
  expect(hintOf({ awsElasticBlockStore: { volumeID: 'vol-1' } })).toContain('i2kit.dev/snapshot-id');
  expect(hintOf({ ephemeral: {} })).toContain('emptyDir');
  expect(hintOf({ ephemeral: { volumeClaimTemplate: { spec: {} } } })).toContain('emptyDir');
  expect(hintOf({ projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } })).toContain(
    'eks.amazonaws.com/role-arn',
  );
  expect(hintOf({ hostPath: { path: '/' } })).toContain('emptyDir');
  expect(hintOf({ nfs: { server: 'a', path: '/' } })).toContain('PersistentVolumeClaim');
});

it('what only a rule can tell has a rule that tells it', () => {
  const byRule = entriesByRule();
  expect(byRule).toEqual([
    'concurrencyPolicy I2K472',
    ...['apiGroup', 'kind', 'name'].map((name) => `dataSource.${name} I2K446`),
    ...['apiGroup', 'kind', 'name', 'namespace'].map((name) => `dataSourceRef.${name} I2K446`),
    'manualSelector I2K335',
    'metrics[] I2K476',
    'mountOptions[] I2K494',
    'pod containers[].ports[].hostPort I2K418',
    'pod initContainers[].ports[].hostPort I2K418',
    'pod topologySpreadConstraints[].whenUnsatisfiable I2K507',
    'publishNotReadyAddresses I2K533',
    'selector.* I2K315',
    'selector.matchExpressions[].key I2K315',
    'selector.matchExpressions[].key I2K335',
    'selector.matchExpressions[].operator I2K315',
    'selector.matchExpressions[].operator I2K335',
    'selector.matchExpressions[].values[] I2K315',
    'selector.matchExpressions[].values[] I2K335',
    'selector.matchLabels.* I2K315',
    'selector.matchLabels.* I2K335',
    'suspend I2K472',
    'tls[].secretName I2K481',
  ]);
});

/** Each once, though several kinds have pods and selectors. */
function entriesByRule(): readonly string[] {
  const found = (Object.keys(fieldSupport) as Kind[]).flatMap((kind) =>
    Object.entries(fieldSupport[kind]).flatMap(([path, entry]) =>
      'byRule' in entry ? [`${shortOf(kind, path)} ${'refused' in entry ? entry.refused : entry.warned}`] : [],
    ),
  );
  return [...new Set(found.map((line) => line.replace(/^metrics\[\]\.\S+/, 'metrics[]')))].sort();
}

const shortOf = (kind: Kind, path: string) =>
  path
    .replace(kind === 'Pod' ? 'spec.' : /^.*template\.spec\./, 'pod ')
    .replace(/^(?:spec\.)?(?:jobTemplate\.spec\.|volumeClaimTemplates\[\]\.spec\.)?/, '');
