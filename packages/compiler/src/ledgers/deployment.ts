// What is done with each field of a Deployment; see its page in Kubernetes' API reference.
import { each, mapped, meaningless, refused, under, warned } from './classes.ts';
import type { Ledger } from './ledger.ts';
import { annotatedMetadata, templateMetadata } from './metadata.ts';
import { podSpec } from './podSpec.ts';

export const deployment: Ledger = {
  ...each('apiVersion kind', mapped('read')),
  ...under('metadata', annotatedMetadata),
  ...under('spec', {
    replicas: mapped('size'),
    ...each(
      'minReadySeconds progressDeadlineSeconds strategy.rollingUpdate.maxSurge strategy.rollingUpdate.maxUnavailable strategy.type',
      mapped('rollout'),
    ),
    paused: refused('I2K419', { unless: false }),
    revisionHistoryLimit: warned('I2K501', { unless: 10 }),
    // It has to match the template's own labels, and then it says nothing that the Deployment's name does not.
    ...under(
      'selector',
      each(
        'matchExpressions[].key matchExpressions[].operator matchExpressions[].values[] matchLabels.*',
        refused('I2K315', { byRule: true }),
      ),
    ),
    ...under('template.metadata', templateMetadata),
    ...under('template.spec', {
      ...podSpec,
      activeDeadlineSeconds: refused('I2K331'),
      restartPolicy: refused('I2K322', { unless: ['', 'Always'] }),
    }),
  }),
  status: meaningless('A cluster writes it; whoever applies a manifest does not.'),
};
