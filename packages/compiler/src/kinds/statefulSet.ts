// StatefulSet: one machine for each ordinal, which keeps its name, address, volumes and zone.
import type { KindSpec } from './kind.ts';
import { setPersistentVolumeClaimDefaults } from './shared/defaults/claim.ts';
import {
  child,
  children,
  ensureObject,
  fillAbsent,
  fillAbsentOrZero,
  type JsonObject,
} from './shared/defaults/jsonObject.ts';
import { specWithTemplateDefaults } from './shared/defaults/workload.ts';
import { claimSpecFields } from './shared/fields/claimSpec.ts';
import {
  eachField,
  type FieldSupportTable,
  fieldsUnder,
  mapped,
  meaningless,
  refused,
  warned,
} from './shared/fields/fieldSupport.ts';
import { annotatedMetadataFields, metadataFields, templateMetadataFields } from './shared/fields/metadata.ts';
import { podSpecFields } from './shared/fields/podSpec.ts';

export const statefulSet: KindSpec = {
  apiVersion: 'apps/v1',
  formerApiVersions: ['apps/v1beta1', 'apps/v1beta2'],
  namespaced: true,
  becomes:
    'for each ordinal an Auto Scaling group of one machine in one zone, with its own network interface, DNS name and EBS volumes',
  setDefaults,
  fields,
};

function setDefaults(object: JsonObject): void {
  const spec = specWithTemplateDefaults(object);
  fillAbsentOrZero(spec, { podManagementPolicy: 'OrderedReady' });
  fillAbsent(spec, { replicas: 1, revisionHistoryLimit: 10 });
  fillAbsentOrZero(ensureObject(spec, 'persistentVolumeClaimRetentionPolicy'), {
    whenDeleted: 'Retain',
    whenScaled: 'Retain',
  });
  const strategy = ensureObject(spec, 'updateStrategy');
  // Unlike a Deployment, a strategy with a type and nothing else gets no more.
  if (!strategy.type) fillAbsent(strategy, { rollingUpdate: {} });
  fillAbsentOrZero(strategy, { type: 'RollingUpdate' });
  const rolling = child(strategy, 'rollingUpdate');
  if (rolling && strategy.type === 'RollingUpdate') fillAbsent(rolling, { partition: 0 });
  for (const claim of children(spec, 'volumeClaimTemplates')) setPersistentVolumeClaimDefaults(claim);
}

function fields(): FieldSupportTable {
  return {
    ...eachField('apiVersion kind', mapped('read')),
    ...fieldsUnder('metadata', annotatedMetadataFields()),
    ...fieldsUnder('spec', {
      ...eachField('ordinals.start podManagementPolicy replicas serviceName', mapped('machines')),
      ...eachField('minReadySeconds updateStrategy.type', mapped('rollout')),
      'updateStrategy.rollingUpdate.maxUnavailable': warned('I2K518', {
        unless: 1,
        hint: 'Leave it out: machines are never updated in groups of a part.',
      }),
      'updateStrategy.rollingUpdate.partition': mapped('machines'),
      ...eachField(
        'persistentVolumeClaimRetentionPolicy.whenDeleted persistentVolumeClaimRetentionPolicy.whenScaled',
        mapped('volume'),
      ),
      revisionHistoryLimit: warned('I2K501', { unless: 10 }),
      // A rule compares it with the template's labels; it has no other effect.
      ...fieldsUnder(
        'selector',
        eachField(
          'matchExpressions[].key matchExpressions[].operator matchExpressions[].values[] matchLabels.*',
          refused('I2K315', { byRule: true }),
        ),
      ),
      ...fieldsUnder('template.metadata', templateMetadataFields()),
      ...fieldsUnder('template.spec', {
        ...podSpecFields(),
        activeDeadlineSeconds: refused('I2K331'),
        // Its pods get their names from it, and so do their machines.
        ...eachField(
          'hostname subdomain',
          meaningless("A StatefulSet's pod has the host name of its ordinal, below the name of its Service."),
        ),
        restartPolicy: refused('I2K322', { unless: ['', 'Always'] }),
      }),
      ...fieldsUnder('volumeClaimTemplates[]', {
        ...eachField('apiVersion kind', meaningless('A template is always a claim.')),
        ...fieldsUnder('metadata', {
          ...metadataFields(),
          'annotations.*': mapped('volume'),
          namespace: meaningless("A claim is in its pod's namespace."),
        }),
        ...fieldsUnder('spec', claimSpecFields()),
        status: meaningless('Only a cluster writes it, not the author of a manifest.'),
      }),
    }),
    status: meaningless('Only a cluster writes it, not the author of a manifest.'),
  };
}
