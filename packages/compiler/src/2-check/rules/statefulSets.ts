// StatefulSets: valid as in ValidateStatefulSetSpec, and the differences from Kubernetes.

import { annotationValue } from '../../annotations/index.ts';
import { objectName } from '../../diagnostic.ts';
import type { Manifest } from '../../manifest.ts';
import { dnsLabel } from '../formats.ts';
import { duplicatesOf, objectRule, type ReportAt } from '../rule.ts';
import { isPositiveShare } from './deploymentStrategy.ts';

export const statefulSets = objectRule(
  'StatefulSet',
  ['I2K361', 'I2K493', 'I2K517', 'I2K518'],
  (_, reportAt, manifest) => {
    checkSpec(manifest, reportAt);
    checkUpdates(manifest, reportAt);
  },
);

function checkSpec({ object: { spec } }: Manifest<'StatefulSet'>, reportAt: ReportAt): void {
  const { podManagementPolicy, updateStrategy, persistentVolumeClaimRetentionPolicy: retention, serviceName } = spec;
  const oneOf = (path: readonly string[], value: string, ...allowed: string[]) => {
    if (!allowed.includes(value))
      reportAt(['spec', ...path], `${path.at(-1)} is ${JSON.stringify(value)}, not one of its values`, {
        hint: `Use ${allowed.join(' or ')}.`,
      });
  };
  oneOf(['podManagementPolicy'], podManagementPolicy, 'OrderedReady', 'Parallel');
  oneOf(['updateStrategy', 'type'], updateStrategy.type, 'RollingUpdate', 'OnDelete');
  oneOf(['persistentVolumeClaimRetentionPolicy', 'whenDeleted'], retention.whenDeleted, 'Retain', 'Delete');
  oneOf(['persistentVolumeClaimRetentionPolicy', 'whenScaled'], retention.whenScaled, 'Retain', 'Delete');
  const { rollingUpdate } = updateStrategy;
  const path = ['spec', 'updateStrategy', 'rollingUpdate'];
  if (updateStrategy.type === 'OnDelete' && rollingUpdate !== undefined)
    reportAt(path, 'the strategy OnDelete cannot have rollingUpdate');
  if (
    updateStrategy.type === 'RollingUpdate' &&
    rollingUpdate?.maxUnavailable !== undefined &&
    !isPositiveShare(rollingUpdate.maxUnavailable)
  )
    reportAt(
      [...path, 'maxUnavailable'],
      `maxUnavailable ${JSON.stringify(rollingUpdate.maxUnavailable)} is neither a number from 1 nor a percentage from 1% to 100%`,
    );
  const problem = serviceName ? dnsLabel(serviceName) : undefined;
  if (problem) reportAt(['spec', 'serviceName'], `the name ${JSON.stringify(serviceName)} ${problem}`);
  const templates = spec.volumeClaimTemplates ?? [];
  for (const [index, { metadata }] of templates.entries()) {
    const nameProblem = metadata.name ? dnsLabel(metadata.name) : 'is empty';
    if (nameProblem)
      reportAt(
        ['spec', 'volumeClaimTemplates', index, 'metadata', 'name'],
        `the claim template's name ${JSON.stringify(metadata.name ?? '')} ${nameProblem}`,
      );
  }
  for (const { index, key } of duplicatesOf(templates, ({ metadata }) => metadata.name))
    reportAt(['spec', 'volumeClaimTemplates', index, 'metadata', 'name'], `two claim templates are named ${key}`);
}

function checkUpdates(manifest: Manifest<'StatefulSet'>, reportAt: ReportAt): void {
  const { spec } = manifest.object;
  const partition = spec.updateStrategy.rollingUpdate?.partition ?? 0;
  if (
    spec.updateStrategy.type === 'RollingUpdate' &&
    partition > (spec.ordinals?.start ?? 0) &&
    annotationValue(manifest, 'i2kit.dev/previous-image') === undefined
  ) {
    reportAt(
      ['spec', 'updateStrategy', 'rollingUpdate', 'partition'],
      `ordinals below ${partition} keep their image, which is not known`,
      { code: 'I2K493' },
    );
  }
  if (spec.replicas < 2 || spec.updateStrategy.type === 'OnDelete') return;
  if (spec.podManagementPolicy === 'Parallel') {
    reportAt(
      ['spec', 'podManagementPolicy'],
      `an update of ${objectName(manifest.ref)} replaces its ${spec.replicas} machines at the same time`,
      { code: 'I2K518' },
    );
  } else {
    reportAt(['spec', 'updateStrategy'], 'updates go from the lowest ordinal to the highest', { code: 'I2K517' });
  }
}
