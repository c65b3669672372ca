// Mounts of a container: of volumes that are there, each at a place of its own. As ValidateVolumeMounts and
// ValidateVolumeDevices of Kubernetes; the paths have to be absolute, because nothing says what they were relative to.
import { innerPath } from '../formats.ts';
import { perContainer, repeats } from '../rule.ts';

/** `/data/` and `/data` are one place. */
const place = (path: string): string => path.replace(/\/+/g, '/').replace(/(.)\/$/, '$1');

export const mounts = perContainer(['I2K310', 'I2K311'], ({ container, path, pod }, say) => {
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
  for (const { index, key } of repeats(all, ({ where }) => (where ? place(where) : undefined))) {
    const mount = all[index];
    if (mount) say([...mount.at, mount.field], `two mounts of the container ${container.name} are at ${key}`);
  }
  const privileged = container.securityContext?.privileged === true;
  for (const [index, { subPath, subPathExpr, mountPropagation }] of (container.volumeMounts ?? []).entries()) {
    const at = [...path, 'volumeMounts', index];
    if (subPath && subPathExpr) say([...at, 'subPathExpr'], 'a mount has either subPath or subPathExpr');
    for (const [field, text] of Object.entries({ subPath, subPathExpr })) {
      const problem = text && innerPath(text);
      if (problem) say([...at, field], `${field} ${JSON.stringify(text)} ${problem}`, { code: 'I2K311' });
    }
    if (mountPropagation === 'Bidirectional' && !privileged) {
      say([...at, 'mountPropagation'], 'only a privileged container can propagate mounts in both directions');
    }
  }
});
