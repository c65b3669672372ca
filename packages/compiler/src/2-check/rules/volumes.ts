// A pod's volumes and the mounts of its containers, as ValidateVolumes and ValidateVolumeMounts of Kubernetes.

import type { Path } from '../../diagnostic.ts';
import type { VolumeProjection } from '../../generated/kubernetes.ts';
import { unitsRoundedUp } from '../../kinds/shared/quantity.ts';
import { dnsLabel, relativePath } from '../formats.ts';
import { containerRule, duplicatesOf, podRule } from '../rule.ts';

/** A pod's volumes: a unique name and exactly one source. As ValidateVolumes of Kubernetes. */
export const volumes = podRule(['I2K309', 'I2K416'], (pod, reportAt) => {
  const all = pod.spec.volumes ?? [];
  for (const [index, { name, ...sources }] of all.entries()) {
    const path = [...pod.path, 'volumes', index];
    const problem = name ? dnsLabel(name) : 'is empty';
    if (problem) reportAt([...path, 'name'], `the volume's name ${JSON.stringify(name ?? '')} ${problem}`);
    const count = Object.values(sources).filter((source) => source !== undefined).length;
    if (count !== 1) reportAt(path, `the volume ${name} has ${count === 0 ? 'no source' : 'more than one source'}`);
    const { medium = '', sizeLimit } = sources.emptyDir ?? {};
    if (medium.startsWith('HugePages'))
      reportAt([...path, 'emptyDir', 'medium'], 'the machine has no huge pages', {
        code: 'I2K416',
        hint: 'Use Memory.',
      });
    else if (medium !== '' && medium !== 'Memory')
      reportAt([...path, 'emptyDir', 'medium'], `an emptyDir cannot have the medium ${JSON.stringify(medium)}`, {
        hint: 'Use Memory, or leave it out.',
      });
    if (sizeLimit !== undefined && (unitsRoundedUp(sizeLimit) ?? 0) < 0)
      reportAt([...path, 'emptyDir', 'sizeLimit'], 'sizeLimit is negative');
    for (const [position, source] of (sources.projected?.sources ?? []).entries()) {
      const sourceCount = Object.values(source).filter((one) => one !== undefined).length;
      if (sourceCount !== 1)
        reportAt(
          [...path, 'projected', 'sources', position],
          'an item of a projected volume must have exactly one source',
        );
    }
    for (const [file, itemPath] of repeatedFiles(sources.projected?.sources ?? [], [...path, 'projected', 'sources']))
      reportAt(itemPath, `two sources of the volume ${name} are at the path ${file}`);
  }
  for (const { index, key } of duplicatesOf(all, ({ name }) => name || undefined)) {
    reportAt([...pod.path, 'volumes', index, 'name'], `two volumes of the pod are named ${key}`);
  }
});

/** Paths that two items of a projected volume name. Kubernetes refuses them; keys of whole objects are not known to it. */
function* repeatedFiles(sources: readonly VolumeProjection[], path: Path): Iterable<readonly [string, Path]> {
  const seen = new Set<string>();
  for (const [index, { configMap, secret, downwardAPI, serviceAccountToken }] of sources.entries()) {
    const items = Object.entries({ configMap, secret, downwardAPI }).flatMap(([field, source]) =>
      (source?.items ?? []).map(
        (item, position) => [item.path, [...path, index, field, 'items', position, 'path']] as const,
      ),
    );
    const token =
      serviceAccountToken && ([serviceAccountToken.path, [...path, index, 'serviceAccountToken', 'path']] as const);
    for (const one of [...items, ...(token ? [token] : [])]) {
      if (seen.has(one[0])) yield one;
      seen.add(one[0]);
    }
  }
}

/** `/data/`, `/data` and `data` are the same path: the kubelet reads a relative path from the root. */
const normalizedPath = (path: string): string => `/${path}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1');

/**
 * Mounts of a container: of existing volumes, each at its own path. As ValidateVolumeMounts and
 * ValidateVolumeDevices of Kubernetes.
 */
export const containerMounts = containerRule(['I2K310', 'I2K311'], ({ container, path, pod }, reportAt) => {
  const volumes = new Map((pod.spec.volumes ?? []).map((volume) => [volume.name, volume]));
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
  for (const { name, field, where, at: itemPath } of all) {
    if (!volumes.has(name)) reportAt([...itemPath, 'name'], `the pod has no volume ${JSON.stringify(name ?? '')}`);
    else if (field === 'devicePath' && !volumes.get(name)?.persistentVolumeClaim)
      reportAt([...itemPath, 'name'], `the volume ${name} is not a claim, so it cannot be a device`);
    if (!where) reportAt([...itemPath, field], `the mount has no ${field}`);
    else if (where.split('/').includes('..'))
      reportAt([...itemPath, field], `${field} contains \`..\``, { code: 'I2K311' });
  }
  for (const { index, key } of duplicatesOf(all, ({ where }) => (where ? normalizedPath(where) : undefined))) {
    const mount = all[index];
    if (mount) reportAt([...mount.at, mount.field], `two mounts of the container ${container.name} are at ${key}`);
  }
  const privileged = container.securityContext?.privileged === true;
  for (const [index, { subPath, subPathExpr, mountPropagation }] of (container.volumeMounts ?? []).entries()) {
    const itemPath = [...path, 'volumeMounts', index];
    if (subPath && subPathExpr) reportAt([...itemPath, 'subPathExpr'], 'a mount has subPath or subPathExpr, not both');
    for (const [field, text] of Object.entries({ subPath, subPathExpr })) {
      const problem = text && relativePath(text);
      if (problem) reportAt([...itemPath, field], `${field} ${JSON.stringify(text)} ${problem}`, { code: 'I2K311' });
    }
    if (mountPropagation === 'Bidirectional' && !privileged) {
      reportAt(
        [...itemPath, 'mountPropagation'],
        'only a privileged container can propagate mounts in both directions',
      );
    }
  }
});
