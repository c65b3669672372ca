// Disks that are kept though nothing uses them: said, with what they cost.
import type { Finding } from '../../../diagnostic.ts';
import type { Concern } from '../concern.ts';
import { monthly } from '../volumePrices.ts';

export const keptVolumes: Concern = ({ plan }) => ({
  findings: plan.volumes
    .filter(({ group }) => group === undefined)
    .map(
      (volume): Finding => ({
        code: 'I2K656',
        message: `${volume.key} is kept, though nothing mounts it: ${volume.sizeGiB} GiB of ${volume.type} in ${volume.zone}, about $${monthly(volume).toFixed(2)} a month`,
        object: volume.origin.object,
        path: [],
        hint: '--prune-volumes lets such disks go, each with a snapshot unless its class retains it',
      }),
    ),
});
