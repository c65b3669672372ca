// AWS::Logs::LogGroup: the containers' output of one machine group.
import { resource } from '../../../template.ts';
import { type Emitter, originMetadata } from '../emitter.ts';
import * as ids from '../logicalIds.ts';
import { tags } from '../tags.ts';

const defaultRetentionDays = 30;

export const logGroups: Emitter = (target) => ({
  resources: Object.fromEntries(
    target.workloads.map((group) => [
      ids.machineGroup.logs(group),
      resource('AWS::Logs::LogGroup', {
        Metadata: originMetadata(group.origin),
        Properties: {
          RetentionInDays: target.config.logRetention ?? defaultRetentionDays,
          Tags: tags(target, group.origin),
        },
      }),
    ]),
  ),
});
