// StatefulSets: what Kubernetes takes (ValidateStatefulSetSpec), and what is done otherwise than there.

import { annotationValue } from '../../annotations/index.ts';
import { objectName } from '../../diagnostic.ts';
import type { Manifest } from '../../manifest.ts';
import { dnsLabel } from '../formats.ts';
import { duplicatesOf, objectRule, type ReportAt } from '../rule.ts';
import { isPositiveShare } from './deploymentStrategy.ts';

export const statefulSets = objectRule('StatefulSet', ['I2K361', 'I2K493', 'I2K517', 'I2K518'], (_, say, manifest) => {
  checkSpec(manifest, say);
  checkUpdates(manifest, say);
});

function checkSpec({ object: { spec } }: Manifest<'StatefulSet'>, say: ReportAt): void {
  const { podManagementPolicy, updateStrategy, persistentVolumeClaimRetentionPolicy: retention, serviceName } = spec;
  const oneOf = (path: readonly string[], value: string, ...known: string[]) => {
    if (!known.includes(value))
      say(['spec', ...path], `${path.at(-1)} is ${JSON.stringify(value)}, which is none of its values`, {
        hint: `use ${known.join(' or ')}`,
      });
  };
  oneOf(['podManagementPolicy'], podManagementPolicy, 'OrderedReady', 'Parallel');
  oneOf(['updateStrategy', 'type'], updateStrategy.type, 'RollingUpdate', 'OnDelete');
  oneOf(['persistentVolumeClaimRetentionPolicy', 'whenDeleted'], retention.whenDeleted, 'Retain', 'Delete');
  oneOf(['persistentVolumeClaimRetentionPolicy', 'whenScaled'], retention.whenScaled, 'Retain', 'Delete');
  const { rollingUpdate } = updateStrategy;
  const path = ['spec', 'updateStrategy', 'rollingUpdate'];
  if (updateStrategy.type === 'OnDelete' && rollingUpdate !== undefined)
    say(path, 'the strategy OnDelete takes no rollingUpdate');
  if (
    updateStrategy.type === 'RollingUpdate' &&
    rollingUpdate?.maxUnavailable !== undefined &&
    !isPositiveShare(rollingUpdate.maxUnavailable)
  )
    say(
      [...path, 'maxUnavailable'],
      `maxUnavailable ${JSON.stringify(rollingUpdate.maxUnavailable)} is neither a number from 1 nor a percentage from 1% to 100%`,
    );
  const problem = serviceName ? dnsLabel(serviceName) : undefined;
  if (problem) say(['spec', 'serviceName'], `the name ${JSON.stringify(serviceName)} ${problem}`);
  const templates = spec.volumeClaimTemplates ?? [];
  for (const [index, { metadata }] of templates.entries()) {
    const wrong = metadata.name ? dnsLabel(metadata.name) : 'is empty';
    if (wrong)
      say(
        ['spec', 'volumeClaimTemplates', index, 'metadata', 'name'],
        `the claim template's name ${JSON.stringify(metadata.name ?? '')} ${wrong}`,
      );
  }
  for (const { index, key } of duplicatesOf(templates, ({ metadata }) => metadata.name))
    say(['spec', 'volumeClaimTemplates', index, 'metadata', 'name'], `two claim templates are called ${key}`);
}

function checkUpdates(manifest: Manifest<'StatefulSet'>, say: ReportAt): void {
  const { spec } = manifest.object;
  const partition = spec.updateStrategy.rollingUpdate?.partition ?? 0;
  if (
    spec.updateStrategy.type === 'RollingUpdate' &&
    partition > (spec.ordinals?.start ?? 0) &&
    annotationValue(manifest, 'i2kit.dev/previous-image') === undefined
  ) {
    say(
      ['spec', 'updateStrategy', 'rollingUpdate', 'partition'],
      `ordinals below ${partition} keep what they run, and nothing says what that is`,
      { code: 'I2K493' },
    );
  }
  if (spec.replicas < 2 || spec.updateStrategy.type === 'OnDelete') return;
  if (spec.podManagementPolicy === 'Parallel') {
    say(
      ['spec', 'podManagementPolicy'],
      `an update of ${objectName(manifest.ref)} replaces its ${spec.replicas} machines at the same time`,
      { code: 'I2K518' },
    );
  } else {
    say(['spec', 'updateStrategy'], 'updates go from the lowest ordinal to the highest', { code: 'I2K517' });
  }
}
