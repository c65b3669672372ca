// Field support shared by all kinds with a pod template.

import type { FieldSupportTable } from './fieldSupport.ts';
import { eachField, fieldsUnder, mapped, meaningless, refused } from './fieldSupport.ts';
import { annotatedMetadataFields, templateMetadataFields } from './metadata.ts';
import { podSpecFields } from './podSpec.ts';

/** Fields of every object, whatever its kind. */
export const objectFields = (): FieldSupportTable => ({
  ...eachField('apiVersion kind', mapped('read')),
  ...fieldsUnder('metadata', annotatedMetadataFields()),
  status: meaningless('Only a cluster writes it, not the author of a manifest.'),
});

/** The template of pods that are kept running. */
export const runningTemplateFields = (): FieldSupportTable => ({
  ...fieldsUnder('metadata', templateMetadataFields()),
  ...fieldsUnder('spec', {
    ...podSpecFields(),
    activeDeadlineSeconds: refused('I2K331'),
    restartPolicy: refused('I2K322', { unless: ['', 'Always'] }),
  }),
});

/** The template of pods that run to completion; a rule checks their restartPolicy. */
export const completingTemplateFields = (): FieldSupportTable => ({
  ...fieldsUnder('metadata', templateMetadataFields()),
  ...fieldsUnder('spec', podSpecFields()),
});

/** A rule compares it with the template's labels; it has no other effect. */
export const podSelectorFields = (): FieldSupportTable =>
  eachField(
    'matchExpressions[].key matchExpressions[].operator matchExpressions[].values[] matchLabels.*',
    refused('I2K315', { byRule: true }),
  );
