// `--prune`: deletes stacks of the app that the input no longer contains; with --prune-volumes also volumes outside any stack.

import { failure, type Outcome, success } from '@i2kit/common';
import {
  classifyError,
  type DestroyReview,
  destroy,
  type ExecuteOptions,
  exitCodeOf,
  printable,
  readDeployedTemplate,
  reviewDestroy,
} from '@i2kit/runner';
import { fetchAppStacks } from '../../aws/appStacks.ts';
import { type Connection, retryingConfig } from '../../aws/connection.ts';
import { findOrphanVolumes, type OrphanVolume } from '../../aws/orphanVolumes.ts';
import { renderRun } from '../../aws/renderEvents.ts';
import { resourceOriginsIn } from '../../aws/resourceOrigins.ts';
import type { Context } from '../../context.ts';
import { type ExitCode, exit } from '../../exit.ts';
import type { DesiredStack } from '../../ports/aws.ts';
import { destroySummary } from '../destroy/render.ts';

type PresentReview = Extract<DestroyReview, { kind: 'present' }>;

export interface PrunedStack {
  readonly review: PresentReview;
  /** The deployed template; empty if it cannot be read. */
  readonly template: string;
}

export interface PrunePlan {
  readonly stacks: readonly PrunedStack[];
  /** Text that shows the effects of each deletion. */
  readonly summaries: readonly string[];
  /** Volumes to delete; empty without --prune-volumes. */
  readonly volumes: readonly OrphanVolume[];
  /** Volumes to keep. */
  readonly keptVolumes: readonly OrphanVolume[];
}

/** Read-only. Refuses if a stack to delete holds data that would be lost. */
export async function planPrune(
  context: Context,
  connection: Connection,
  wanted: readonly DesiredStack[],
): Promise<Outcome<PrunePlan>> {
  const { clients, options } = connection;
  const owner = wanted.find((each) => each.owner.app !== undefined)?.owner;
  if (owner?.app === undefined) return success({ stacks: [], summaries: [], volumes: [], keptVolumes: [] });
  const { env, app } = owner;
  const names = (await fetchAppStacks(options, env, app)).filter(
    (name) => !wanted.some(({ stackName }) => stackName === name),
  );
  const stacks: PrunedStack[] = [];
  const summaries: string[] = [];
  for (const stackName of names) {
    const review = await reviewDestroy(clients, { stackName, owner: { env, app } });
    if (review.kind === 'blocked') return failure({ message: review.result.message });
    if (review.kind === 'absent') continue;
    const lost = review.deletes.filter((each) => each.worth === 'data' && each.policy === 'Delete');
    if (lost.length > 0 || review.isProtected) {
      const why = review.isProtected
        ? 'is protected'
        : `it holds data that would be lost: ${lost.map(({ logicalId }) => logicalId).join(', ')}`;
      return failure({
        message: `${stackName} is no longer in the input, and ${why}. Check it, and delete it by name: i2kit destroy ${stackName}`,
      });
    }
    const has = await readDeployedTemplate(clients, review.stackId);
    const template = has.ok ? has.value.template : '';
    stacks.push({ review, template });
    summaries.push(destroySummary(review, resourceOriginsIn(template), []));
  }
  const disks = await findOrphanVolumes(connection, env, app);
  const goes = context.values['prune-volumes'] ?? false;
  return success({ stacks, summaries, volumes: goes ? disks : [], keptVolumes: goes ? [] : disks });
}

export function prunePlanText({ summaries, volumes, keptVolumes: kept }: PrunePlan): string {
  const disk = (word: string, { id, sizeGiB: gib, object: of }: OrphanVolume) =>
    `  ${word}  ${id}, ${gib} GiB, of ${of}: in no stack\n`;
  const lines = [
    ...summaries,
    ...(volumes.length + kept.length > 0 ? ['Retained volumes in the account:\n'] : []),
    ...volumes.map((each) => disk('DESTROY', each)),
    ...kept.map((each) => disk('RETAIN ', each)),
    ...(kept.length > 0 ? ['  --prune-volumes deletes them and their data.\n'] : []),
  ];
  return lines.length === 0
    ? 'Nothing to prune.\n'
    : lines.map((each) => each.split('\n').map(printable).join('\n')).join('');
}

/** Runs after all desired stacks are deployed. */
export async function prune(
  context: Context,
  connection: Connection,
  left: PrunePlan,
  options: ExecuteOptions,
): Promise<ExitCode> {
  for (const { review } of left.stacks) {
    const code = exitCodeOf(await renderRun(context, destroy(connection.clients, review, options)));
    if (code !== exit.fine) return code;
  }
  if (left.volumes.length === 0) return exit.fine;
  const sdk = await import('@aws-sdk/client-ec2');
  const client = new sdk.EC2Client(retryingConfig(connection.options));
  let code: ExitCode = exit.fine;
  for (const { id } of left.volumes) {
    try {
      await client.send(new sdk.DeleteVolumeCommand({ VolumeId: id }));
      context.io.stderr.write(`Deleted ${id}.\n`);
    } catch (error) {
      const fault = classifyError(error);
      if (!fault) throw error;
      // Deleted meanwhile, or in use again.
      if (fault.name === 'InvalidVolume.NotFound') continue;
      context.io.stderr.write(printable(`error: ${id} stays: ${fault.message}`).concat('\n'));
      code = exit.failed;
    }
  }
  client.destroy();
  return code;
}
