// Storage classes: what Kubernetes takes (ValidateStorageClass), and what the driver of EBS volumes understands.

import { nearest } from '@i2kit/common';
import { ebsLimits, isEbsClass, isEbsVolumeType, isZoneLabel } from '../../kinds/shared/ebsVolumes.ts';
import { defaultStorageClasses } from '../../kinds/shared/volumeClaims.ts';
import type { Manifest } from '../../manifest.ts';
import { qualifiedName } from '../formats.ts';
import { duplicatesOf, type ReportAt, type Rule, reporterFor } from '../rule.ts';

export const storageClasses: Rule = {
  codes: ['I2K360', 'I2K490', 'I2K411', 'I2K492', 'I2K494', 'I2K519', 'I2K537'],
  check(all, report) {
    for (const manifest of all.of('StorageClass')) {
      const say = reporterFor(manifest, 'I2K360', report);
      checkSpec(manifest, say);
      if (isEbsClass(manifest.object)) checkEbsParameters(manifest, say);
    }
    const [first, ...others] = defaultStorageClasses(all);
    for (const { ref } of first === undefined ? [] : others) {
      report({
        code: 'I2K492',
        message: `${ref.name} and ${first?.ref.name} both are the default class`,
        object: ref,
        path: ['metadata', 'annotations'],
        hint: 'let one be the default, or name the class in each claim',
      });
    }
  },
};

function checkSpec({ object }: Manifest<'StorageClass'>, say: ReportAt): void {
  const { provisioner, reclaimPolicy, volumeBindingMode, allowedTopologies = [], parameters = {} } = object;
  const problem = provisioner ? qualifiedName(provisioner.toLowerCase()) : 'is empty';
  if (problem) say(['provisioner'], `the provisioner ${JSON.stringify(provisioner)} ${problem}`);
  if (!['', 'Delete', 'Retain'].includes(reclaimPolicy))
    say(['reclaimPolicy'], `${reclaimPolicy} is no policy`, { hint: 'use Delete or Retain' });
  if (!['Immediate', 'WaitForFirstConsumer'].includes(volumeBindingMode))
    say(['volumeBindingMode'], `${volumeBindingMode} is no mode`, { hint: 'use Immediate or WaitForFirstConsumer' });
  if (Object.hasOwn(parameters, '')) say(['parameters'], 'a parameter has no name');
  for (const [index, { matchLabelExpressions = [] }] of allowedTopologies.entries()) {
    const path = ['allowedTopologies', index, 'matchLabelExpressions'];
    if (matchLabelExpressions.length === 0) say(path, 'the topology names no label');
    for (const [position, { key, values }] of matchLabelExpressions.entries()) {
      const wrong = qualifiedName(key ?? '');
      if (wrong) say([...path, position, 'key'], `the key ${JSON.stringify(key ?? '')} ${wrong}`);
      if ((values ?? []).length === 0) say([...path, position, 'values'], 'the label has no value');
      for (const { index: twice, key: value } of duplicatesOf(values ?? [], (one) => one))
        say([...path, position, 'values', twice], `${value} stands there twice`);
    }
    for (const { index: twice, key } of duplicatesOf(matchLabelExpressions, (one) => one.key))
      say([...path, twice, 'key'], `${key} stands there twice`);
  }
  const terms = allowedTopologies.map(({ matchLabelExpressions = [] }) => JSON.stringify(matchLabelExpressions));
  for (const { index } of duplicatesOf(terms, (term) => term))
    say(['allowedTopologies', index], 'two topologies are equal');
}

/** Parameters that the driver has, in small letters, and what may stand there; undefined: not honoured. */
const DRIVER_PARAMETERS: Readonly<Record<string, RegExp | undefined>> = {
  type: /./,
  iops: /^[1-9]\d*$/,
  iopspergb: /^[1-9]\d*$/,
  throughput: /^[1-9]\d*$/,
  allowautoiopspergbincrease: /^(true|false)$/i,
  encrypted: /^(true|false)$/i,
  kmskeyid: /./,
  fstype: /^(ext4|xfs)$/i,
  'csi.storage.k8s.io/fstype': /^(ext4|xfs)$/i,
  zone: /./,
  zones: /./,
  blockexpress: undefined,
  blocksize: undefined,
  bytesperinode: undefined,
  ext4bigalloc: undefined,
  ext4clustersize: undefined,
  ext4encryptionsupport: undefined,
  inodesize: undefined,
  numberofinodes: undefined,
  volumeinitializationrate: undefined,
};

function checkEbsParameters({ object }: Manifest<'StorageClass'>, say: ReportAt): void {
  for (const [key, value] of Object.entries(object.parameters ?? {})) {
    const path = ['parameters', key];
    const name = key.toLowerCase();
    if (
      name.startsWith('tagspecification_') ||
      (Object.hasOwn(DRIVER_PARAMETERS, name) && DRIVER_PARAMETERS[name] === undefined)
    ) {
      say(path, `${key}: the disk is made without it`, { code: 'I2K537' });
    } else if (!Object.hasOwn(DRIVER_PARAMETERS, name)) {
      const meant = nearest(name, Object.keys(DRIVER_PARAMETERS));
      say(path, `EBS volumes have no parameter ${key}`, {
        code: 'I2K490',
        ...(meant === undefined ? {} : { hint: `did you mean ${meant}?` }),
      });
    } else if (!DRIVER_PARAMETERS[name]?.test(value)) {
      const filesystem = name.endsWith('fstype');
      say(path, `${key} is ${JSON.stringify(value)}, which it cannot be`, { code: filesystem ? 'I2K494' : 'I2K490' });
    } else if (name === 'type' && !isEbsVolumeType(value)) {
      say(path, `EBS has no type ${value} that i2kit makes`, {
        code: 'I2K490',
        hint: `use ${Object.keys(ebsLimits).join(', ')}`,
      });
    } else if (name === 'encrypted' && value.toLowerCase() === 'false') {
      say(path, 'disks are always encrypted', { code: 'I2K519' });
    }
  }
  if ((object.mountOptions ?? []).length > 0)
    say(['mountOptions'], "the machine's agent mounts disks without options", {
      code: 'I2K494',
      hint: 'leave them out',
    });
  for (const [index, { matchLabelExpressions = [] }] of (object.allowedTopologies ?? []).entries()) {
    for (const [position, { key }] of matchLabelExpressions.entries()) {
      if (!isZoneLabel(key ?? ''))
        say(
          ['allowedTopologies', index, 'matchLabelExpressions', position, 'key'],
          `a disk cannot be placed by ${key}`,
          {
            code: 'I2K411',
          },
        );
    }
  }
}
