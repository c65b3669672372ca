// AWS::Logs::LogGroup: the containers' output of one machine group.
import { resource } from '../../../template.ts';
import { type Concern, originOf } from '../concern.ts';
import * as ids from '../ids.ts';
import { tags } from '../tags.ts';

const defaultRetention = 30;

export const logs: Concern = (target) => ({
  resources: Object.fromEntries(
    target.workloads.map((group) => [
      ids.group.logs(group),
      resource('AWS::Logs::LogGroup', {
        Metadata: originOf(group.origin),
        Properties: {
          RetentionInDays: target.config.logRetention ?? defaultRetention,
          Tags: tags(target, group.origin),
        },
      }),
    ]),
  ),
});
