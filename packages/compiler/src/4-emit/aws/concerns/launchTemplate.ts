// AWS::EC2::LaunchTemplate: how a machine is started. Environment, command and configuration are here, not in the image.
import { resource } from '../../../template.ts';
import { type Concern, originOf } from '../concern.ts';
import * as ids from '../ids.ts';
import { isRun, launchData } from '../launchData.ts';
import { userData } from '../userData.ts';

export const launchTemplate: Concern = (target) => ({
  resources: Object.fromEntries(
    target.plan.groups.map((group) => [
      ids.group.template(group),
      resource('AWS::EC2::LaunchTemplate', {
        Metadata: originOf({ ...group.origin, path: [...group.origin.path, 'spec', 'template'] }),
        Properties: {
          LaunchTemplateData: { ...launchData(target, group), ...(isRun(group) ? {} : { UserData: userData(target, group) }) },
        },
      }),
    ]),
  ),
});
