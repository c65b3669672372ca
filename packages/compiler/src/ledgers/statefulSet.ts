// What is done with each field of a StatefulSet; see its page in Kubernetes' API reference.
import { claimSpec } from './claim.ts';
import { each, mapped, meaningless, refused, under, warned } from './classes.ts';
import type { Ledger } from './ledger.ts';
import { annotatedMetadata, metadata, templateMetadata } from './metadata.ts';
import { podSpec } from './podSpec.ts';

export const statefulSet: Ledger = {
  ...each('apiVersion kind', mapped('read')),
  ...under('metadata', annotatedMetadata),
  ...under('spec', {
    ...each('ordinals.start podManagementPolicy replicas serviceName', mapped('machines')),
    ...each('minReadySeconds updateStrategy.type', mapped('rollout')),
    'updateStrategy.rollingUpdate.maxUnavailable': warned('I2K518', { unless: 1, hint: 'Leave it out: there is no part of all machines.' }),
    'updateStrategy.rollingUpdate.partition': mapped('machines'),
    ...each('persistentVolumeClaimRetentionPolicy.whenDeleted persistentVolumeClaimRetentionPolicy.whenScaled', mapped('volume')),
    revisionHistoryLimit: warned('I2K501', { unless: 10 }),
    // It has to match the template's own labels, and then it says nothing that the StatefulSet's name does not.
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
      // Its pods have names of their own, and these are the machines'.
      ...each('hostname subdomain', meaningless("A StatefulSet's pod has the host name of its ordinal, below the name of its Service.")),
      restartPolicy: refused('I2K322', { unless: ['', 'Always'] }),
    }),
    ...under('volumeClaimTemplates[]', {
      ...each('apiVersion kind', meaningless('A template can be nothing else than a claim.')),
      ...under('metadata', {
        ...metadata,
        'annotations.*': mapped('volume'),
        namespace: meaningless("A claim is in its pod's namespace."),
      }),
      ...under('spec', claimSpec),
      status: meaningless('A cluster writes it; whoever applies a manifest does not.'),
    }),
  }),
  status: meaningless('A cluster writes it; whoever applies a manifest does not.'),
};
