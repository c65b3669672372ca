// What is done with each field of a StatefulSet; see its page in Kubernetes' API reference.
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
      hint: 'Leave it out: there is no part of all machines.',
    }),
    'updateStrategy.rollingUpdate.partition': mapped('machines'),
    ...eachField(
      'persistentVolumeClaimRetentionPolicy.whenDeleted persistentVolumeClaimRetentionPolicy.whenScaled',
      mapped('volume'),
    ),
    revisionHistoryLimit: warned('I2K501', { unless: 10 }),
    // It has to match the template's own labels, and then it says nothing that the StatefulSet's name does not.
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
      // Its pods have names of their own, and these are the machines'.
      ...eachField(
        'hostname subdomain',
        meaningless("A StatefulSet's pod has the host name of its ordinal, below the name of its Service."),
      ),
      restartPolicy: refused('I2K322', { unless: ['', 'Always'] }),
    }),
    ...fieldsUnder('volumeClaimTemplates[]', {
      ...eachField('apiVersion kind', meaningless('A template can be nothing else than a claim.')),
      ...fieldsUnder('metadata', {
        ...metadataFields,
        'annotations.*': mapped('volume'),
        namespace: meaningless("A claim is in its pod's namespace."),
      }),
      ...fieldsUnder('spec', claimSpecFields),
      status: meaningless('A cluster writes it; whoever applies a manifest does not.'),
    }),
  }),
  status: meaningless('A cluster writes it; whoever applies a manifest does not.'),
};
