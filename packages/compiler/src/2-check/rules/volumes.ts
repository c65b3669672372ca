// A pod's volumes: a name of their own and exactly one source. As ValidateVolumes of Kubernetes.
import { units } from '../../kinds/shared/quantity.ts';
import { dnsLabel } from '../formats.ts';
import { perPod, repeats } from '../rule.ts';

export const volumes = perPod(['I2K309', 'I2K416'], (pod, say) => {
  const all = pod.spec.volumes ?? [];
  for (const [index, { name, ...sources }] of all.entries()) {
    const path = [...pod.path, 'volumes', index];
    const problem = name ? dnsLabel(name) : 'is empty';
    if (problem) say([...path, 'name'], `the volume's name ${JSON.stringify(name ?? '')} ${problem}`);
    const count = Object.values(sources).filter((source) => source !== undefined).length;
    if (count !== 1) say(path, `the volume ${name} has ${count === 0 ? 'no source' : 'more than one source'}`);
    const { medium = '', sizeLimit } = sources.emptyDir ?? {};
    if (medium.startsWith('HugePages'))
      say([...path, 'emptyDir', 'medium'], 'the machine has no huge pages', { code: 'I2K416', hint: 'use Memory' });
    else if (medium !== '' && medium !== 'Memory')
      say([...path, 'emptyDir', 'medium'], `an emptyDir cannot be of ${JSON.stringify(medium)}`, { hint: 'use Memory, or leave it out' });
    if (sizeLimit !== undefined && (units(sizeLimit) ?? 0) < 0) say([...path, 'emptyDir', 'sizeLimit'], 'sizeLimit is negative');
    for (const [position, source] of (sources.projected?.sources ?? []).entries()) {
      const given = Object.values(source).filter((one) => one !== undefined).length;
      if (given !== 1) say([...path, 'projected', 'sources', position], 'an item of a projected volume has exactly one source');
    }
  }
  for (const { index, key } of repeats(all, ({ name }) => name || undefined)) {
    say([...pod.path, 'volumes', index, 'name'], `two volumes of the pod are called ${key}`);
  }
});
