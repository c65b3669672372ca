// A pod's volumes and the mounts of its containers, as ValidateVolumes and ValidateVolumeMounts of Kubernetes.

import { unitsRoundedUp } from '../../kinds/shared/quantity.ts';
import { dnsLabel, relativePath } from '../formats.ts';
import { containerRule, duplicatesOf, podRule } from '../rule.ts';

// A pod's volumes: a name of their own and exactly one source. As ValidateVolumes of Kubernetes.

export const volumes = podRule(['I2K309', 'I2K416'], (pod, say) => {
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
      say([...path, 'emptyDir', 'medium'], `an emptyDir cannot be of ${JSON.stringify(medium)}`, {
        hint: 'use Memory, or leave it out',
      });
    if (sizeLimit !== undefined && (unitsRoundedUp(sizeLimit) ?? 0) < 0)
      say([...path, 'emptyDir', 'sizeLimit'], 'sizeLimit is negative');
    for (const [position, source] of (sources.projected?.sources ?? []).entries()) {
      const given = Object.values(source).filter((one) => one !== undefined).length;
      if (given !== 1)
        say([...path, 'projected', 'sources', position], 'an item of a projected volume has exactly one source');
    }
  }
  for (const { index, key } of duplicatesOf(all, ({ name }) => name || undefined)) {
    say([...pod.path, 'volumes', index, 'name'], `two volumes of the pod are called ${key}`);
  }
});

// Mounts of a container: of volumes that are there, each at a place of its own. As ValidateVolumeMounts and
// ValidateVolumeDevices of Kubernetes; the paths have to be absolute, because nothing says what they were relative to.

/** `/data/` and `/data` are one place. */
const normalizedPath = (path: string): string => path.replace(/\/+/g, '/').replace(/(.)\/$/, '$1');

export const containerMounts = containerRule(['I2K310', 'I2K311'], ({ container, path, pod }, say) => {
  const known = new Map((pod.spec.volumes ?? []).map((volume) => [volume.name, volume]));
  const all = [
    ...(container.volumeMounts ?? []).map((mount, index) => ({
      ...mount,
      field: 'mountPath',
      where: mount.mountPath,
      at: [...path, 'volumeMounts', index],
    })),
    ...(container.volumeDevices ?? []).map((device, index) => ({
      ...device,
      field: 'devicePath',
      where: device.devicePath,
      at: [...path, 'volumeDevices', index],
    })),
  ];
  for (const { name, field, where, at } of all) {
    if (!known.has(name)) say([...at, 'name'], `the pod has no volume ${JSON.stringify(name ?? '')}`);
    else if (field === 'devicePath' && !known.get(name)?.persistentVolumeClaim)
      say([...at, 'name'], `the volume ${name} is no claim, and so no device`);
    if (!where?.startsWith('/')) say([...at, field], `${field} ${JSON.stringify(where ?? '')} is not absolute`);
    else if (where.split('/').includes('..')) say([...at, field], `${field} has \`..\` in it`, { code: 'I2K311' });
  }
  for (const { index, key } of duplicatesOf(all, ({ where }) => (where ? normalizedPath(where) : undefined))) {
    const mount = all[index];
    if (mount) say([...mount.at, mount.field], `two mounts of the container ${container.name} are at ${key}`);
  }
  const privileged = container.securityContext?.privileged === true;
  for (const [index, { subPath, subPathExpr, mountPropagation }] of (container.volumeMounts ?? []).entries()) {
    const at = [...path, 'volumeMounts', index];
    if (subPath && subPathExpr) say([...at, 'subPathExpr'], 'a mount has either subPath or subPathExpr');
    for (const [field, text] of Object.entries({ subPath, subPathExpr })) {
      const problem = text && relativePath(text);
      if (problem) say([...at, field], `${field} ${JSON.stringify(text)} ${problem}`, { code: 'I2K311' });
    }
    if (mountPropagation === 'Bidirectional' && !privileged) {
      say([...at, 'mountPropagation'], 'only a privileged container can propagate mounts in both directions');
    }
  }
});
