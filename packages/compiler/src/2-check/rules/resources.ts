// What containers ask for and may use. As validateResourceRequirements of Kubernetes, for the resources that machines have.
import type { Path } from '../../diagnostic.ts';
import type { Quantity } from '../../generated/kubernetes.ts';
import { compareQuantities, isWhole } from '../../kinds/shared/quantity.ts';
import { perContainer, type Say } from '../rule.ts';

const KNOWN = ['cpu', 'memory', 'ephemeral-storage', 'nvidia.com/gpu'];
const GPU = 'nvidia.com/gpu';

type Resources = Readonly<Record<string, Quantity>>;

export const resources = perContainer(['I2K321', 'I2K421'], ({ container, path }, say) => {
  const { limits = {}, requests = {} } = container.resources;
  const at = [...path, 'resources'];
  checkList(limits, [...at, 'limits'], say);
  checkList(requests, [...at, 'requests'], say);
  for (const [name, request] of Object.entries(requests)) {
    const limit = Object.hasOwn(limits, name) ? limits[name] : undefined;
    if (limit !== undefined && compareQuantities(request, limit) > 0) {
      say([...at, 'requests', name], `the request of ${request} ${name} is more than the limit of ${limit}`);
    }
  }
  const [request, limit] = [requests[GPU], limits[GPU]];
  if (request !== undefined && limit === undefined) say([...at, 'requests', GPU], 'GPUs need a limit', { hint: 'move it to limits' });
  else if (request !== undefined && limit !== undefined && compareQuantities(request, limit) !== 0) {
    say([...at, 'requests', GPU], 'GPUs are not shared: request and limit have to be equal');
  }
});

function checkList(list: Resources, path: Path, say: Say): void {
  for (const [name, quantity] of Object.entries(list)) {
    const at = [...path, name];
    if (!KNOWN.includes(name)) say(at, `no machine offers ${JSON.stringify(name)}`, { code: 'I2K421', atKey: true });
    else if (compareQuantities(quantity, 0) < 0) say(at, `${quantity} ${name} is negative`);
    else if (name === GPU && !isWhole(quantity)) say(at, `${quantity} GPUs is no whole number`);
  }
}
