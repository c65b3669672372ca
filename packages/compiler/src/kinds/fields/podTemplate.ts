// What the ledgers of all kinds that carry a pod template have in common.

import type { FieldSupportTable } from './fieldSupport.ts';
import { eachField, fieldsUnder, mapped, meaningless, refused } from './fieldSupport.ts';
import { annotatedMetadataFields, templateMetadataFields } from './metadata.ts';
import { podSpecFields } from './podSpec.ts';

/** What every object has, whatever its kind. */
export const objectFields: FieldSupportTable = {
  ...eachField('apiVersion kind', mapped('read')),
  ...fieldsUnder('metadata', annotatedMetadataFields),
  status: meaningless('A cluster writes it; whoever applies a manifest does not.'),
};

/** The template of pods that are kept running. */
export const runningTemplateFields: FieldSupportTable = {
  ...fieldsUnder('metadata', templateMetadataFields),
  ...fieldsUnder('spec', {
    ...podSpecFields,
    activeDeadlineSeconds: refused('I2K331'),
    restartPolicy: refused('I2K322', { unless: ['', 'Always'] }),
  }),
};

/** The template of pods that run to their end; a rule sees to their restartPolicy. */
export const completingTemplateFields: FieldSupportTable = {
  ...fieldsUnder('metadata', templateMetadataFields),
  ...fieldsUnder('spec', podSpecFields),
};

/** It has to match the template's own labels, and then it says nothing that the object's name does not. */
export const podSelectorFields: FieldSupportTable = eachField(
  'matchExpressions[].key matchExpressions[].operator matchExpressions[].values[] matchLabels.*',
  refused('I2K315', { byRule: true }),
);
