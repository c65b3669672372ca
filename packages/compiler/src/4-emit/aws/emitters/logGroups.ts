// AWS::Logs::LogGroup: output of a workload's containers.
import { resource } from '../../../template.ts';
import { type Emitter, originMetadata } from '../emitter.ts';
import * as ids from '../logicalIds.ts';
import { tags } from '../tags.ts';

const defaultRetentionDays = 30;

export const logGroups: Emitter = (context) => ({
  resources: Object.fromEntries(
    context.workloads.map((group) => [
      ids.machineGroup.logGroup(group),
      resource('AWS::Logs::LogGroup', {
        Metadata: originMetadata(group.origin),
        Properties: {
          RetentionInDays: context.config.logRetention ?? defaultRetentionDays,
          Tags: tags(context, group.origin),
        },
      }),
    ]),
  ),
});
