// Field support of StatefulSet; see its page in Kubernetes' API reference.
import { claimSpecFields } from './claimSpec.ts';
import type { FieldSupportTable } from './fieldSupport.ts';
import { eachField, fieldsUnder, mapped, meaningless, refused, warned } from './fieldSupport.ts';
import { annotatedMetadataFields, metadataFields, templateMetadataFields } from './metadata.ts';
import { podSpecFields } from './podSpec.ts';

export const statefulSetFields: FieldSupportTable = {
  ...eachField('apiVersion kind', mapped('read')),
  ...fieldsUnder('metadata', annotatedMetadataFields),
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
    ...fieldsUnder('template.metadata', templateMetadataFields),
    ...fieldsUnder('template.spec', {
      ...podSpecFields,
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
        ...metadataFields,
        'annotations.*': mapped('volume'),
        namespace: meaningless("A claim is in its pod's namespace."),
      }),
      ...fieldsUnder('spec', claimSpecFields),
      status: meaningless('Only a cluster writes it, not the author of a manifest.'),
    }),
  }),
  status: meaningless('Only a cluster writes it, not the author of a manifest.'),
};
