// Payloads that are too large for user data: objects of the environment's bucket, named by their hash.

import type { Finding } from '../../../diagnostic.ts';
import type { Asset } from '../../../stack.ts';
import type { Concern } from '../concern.ts';
import { assetOf } from '../userData.ts';

export const payload: Concern = (target) => {
  const assets: Asset[] = [];
  const findings: Finding[] = [];
  for (const group of target.plan.groups) {
    const asset = assetOf(target, group);
    if (asset === undefined) continue;
    assets.push(asset);
    if (target.config.bucket !== false) continue;
    findings.push({
      code: 'I2K606',
      message: `what the machines of ${group.key} are given takes ${asset.bytes.length} bytes, compressed; user data holds 16384 with its base64`,
      object: group.origin.object,
      path: [...group.origin.path, 'spec', 'template'],
      hint: 'remove `bucket: false`, or take large ConfigMaps out of the pod',
    });
  }
  return { assets, findings };
};
