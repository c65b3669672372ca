// What the ledgers of all kinds that carry a pod template have in common.
import { each, mapped, meaningless, refused, under } from './classes.ts';
import type { Ledger } from './ledger.ts';
import { annotatedMetadata, templateMetadata } from './metadata.ts';
import { podSpec } from './podSpec.ts';

/** What every object has, whatever its kind. */
export const workload: Ledger = {
  ...each('apiVersion kind', mapped('read')),
  ...under('metadata', annotatedMetadata),
  status: meaningless('A cluster writes it; whoever applies a manifest does not.'),
};

/** The template of pods that are kept running. */
export const keptTemplate: Ledger = {
  ...under('metadata', templateMetadata),
  ...under('spec', {
    ...podSpec,
    activeDeadlineSeconds: refused('I2K331'),
    restartPolicy: refused('I2K322', { unless: ['', 'Always'] }),
  }),
};

/** The template of pods that run to their end; a rule sees to their restartPolicy. */
export const endingTemplate: Ledger = { ...under('metadata', templateMetadata), ...under('spec', podSpec) };

/** It has to match the template's own labels, and then it says nothing that the object's name does not. */
export const ownSelector: Ledger = each(
  'matchExpressions[].key matchExpressions[].operator matchExpressions[].values[] matchLabels.*',
  refused('I2K315', { byRule: true }),
);
