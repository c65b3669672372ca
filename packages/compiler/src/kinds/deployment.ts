// Deployment: a group of identical machines, each of which runs one pod.
import type { KindSpec } from './kind.ts';
import { each, mapped, meaningless, refused, under, warned } from './shared/classes.ts';
import { annotatedMetadata, templateMetadata } from './shared/metadata.ts';
import { podSpec } from './shared/podSpec.ts';

export const deployment: KindSpec = {
  apiVersion: 'apps/v1',
  former: ['extensions/v1beta1', 'apps/v1beta1', 'apps/v1beta2'],
  namespaced: true,
  becomes: 'a launch template and an Auto Scaling group of identical machines, rolled out in batches',
  ledger: {
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
  },
};
