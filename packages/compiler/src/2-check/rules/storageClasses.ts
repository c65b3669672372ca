// Storage classes: valid as in ValidateStorageClass, and supported by the driver of EBS volumes.

import { nearest } from '@i2kit/common';
import { ebsLimits, isEbsClass, isEbsVolumeType, isZoneLabel } from '../../kinds/shared/ebsVolumes.ts';
import { defaultStorageClasses } from '../../kinds/shared/volumeClaims.ts';
import type { Manifest } from '../../manifest.ts';
import { qualifiedName } from '../formats.ts';
import { duplicatesOf, type ReportAt, type Rule, reporterFor } from '../rule.ts';

export const storageClasses: Rule = {
  codes: ['I2K360', 'I2K490', 'I2K411', 'I2K492', 'I2K494', 'I2K519', 'I2K537'],
  check(manifests, report) {
    for (const manifest of manifests.of('StorageClass')) {
      const reportAt = reporterFor(manifest, 'I2K360', report);
      checkSpec(manifest, reportAt);
      if (isEbsClass(manifest.object)) checkEbsParameters(manifest, reportAt);
    }
    const [first, ...others] = defaultStorageClasses(manifests);
    for (const { ref } of first === undefined ? [] : others) {
      report({
        code: 'I2K492',
        message: `${ref.name} and ${first?.ref.name} are both the default class`,
        object: ref,
        path: ['metadata', 'annotations'],
        hint: 'Make only one the default, or name the class in each claim.',
      });
    }
  },
};

function checkSpec({ object }: Manifest<'StorageClass'>, reportAt: ReportAt): void {
  const { provisioner, reclaimPolicy, volumeBindingMode, allowedTopologies = [], parameters = {} } = object;
  const problem = provisioner ? qualifiedName(provisioner.toLowerCase()) : 'is empty';
  if (problem) reportAt(['provisioner'], `the provisioner ${JSON.stringify(provisioner)} ${problem}`);
  if (!['', 'Delete', 'Retain'].includes(reclaimPolicy))
    reportAt(['reclaimPolicy'], `${reclaimPolicy} is not a policy`, { hint: 'Use Delete or Retain.' });
  if (!['Immediate', 'WaitForFirstConsumer'].includes(volumeBindingMode))
    reportAt(['volumeBindingMode'], `${volumeBindingMode} is not a mode`, {
      hint: 'Use Immediate or WaitForFirstConsumer.',
    });
  if (Object.hasOwn(parameters, '')) reportAt(['parameters'], 'a parameter has no name');
  for (const [index, { matchLabelExpressions = [] }] of allowedTopologies.entries()) {
    const path = ['allowedTopologies', index, 'matchLabelExpressions'];
    if (matchLabelExpressions.length === 0) reportAt(path, 'the topology names no label');
    for (const [position, { key, values }] of matchLabelExpressions.entries()) {
      const keyProblem = qualifiedName(key ?? '');
      if (keyProblem) reportAt([...path, position, 'key'], `the key ${JSON.stringify(key ?? '')} ${keyProblem}`);
      if ((values ?? []).length === 0) reportAt([...path, position, 'values'], 'the label has no value');
      for (const { index: twice, key: value } of duplicatesOf(values ?? [], (one) => one))
        reportAt([...path, position, 'values', twice], `${value} occurs twice`);
    }
    for (const { index: twice, key } of duplicatesOf(matchLabelExpressions, (one) => one.key))
      reportAt([...path, twice, 'key'], `${key} occurs twice`);
  }
  const terms = allowedTopologies.map(({ matchLabelExpressions = [] }) => JSON.stringify(matchLabelExpressions));
  for (const { index } of duplicatesOf(terms, (term) => term))
    reportAt(['allowedTopologies', index], 'two topologies are equal');
}

/** The driver's parameters in lower case, with their possible values; undefined: not supported. */
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

function checkEbsParameters({ object }: Manifest<'StorageClass'>, reportAt: ReportAt): void {
  for (const [key, value] of Object.entries(object.parameters ?? {})) {
    const path = ['parameters', key];
    const name = key.toLowerCase();
    if (
      name.startsWith('tagspecification_') ||
      (Object.hasOwn(DRIVER_PARAMETERS, name) && DRIVER_PARAMETERS[name] === undefined)
    ) {
      reportAt(path, `${key} is not supported: the volume is created without it`, { code: 'I2K537' });
    } else if (!Object.hasOwn(DRIVER_PARAMETERS, name)) {
      const meant = nearest(name, Object.keys(DRIVER_PARAMETERS));
      reportAt(path, `EBS volumes have no parameter ${key}`, {
        code: 'I2K490',
        ...(meant === undefined ? {} : { hint: `Did you mean ${meant}?` }),
      });
    } else if (!DRIVER_PARAMETERS[name]?.test(value)) {
      const filesystem = name.endsWith('fstype');
      reportAt(path, `${key} cannot be ${JSON.stringify(value)}`, {
        code: filesystem ? 'I2K494' : 'I2K490',
      });
    } else if (name === 'type' && !isEbsVolumeType(value)) {
      reportAt(path, `i2kit supports no EBS type ${value}`, {
        code: 'I2K490',
        hint: `Use one of ${Object.keys(ebsLimits).join(', ')}.`,
      });
    } else if (name === 'encrypted' && value.toLowerCase() === 'false') {
      reportAt(path, 'EBS volumes are always encrypted', { code: 'I2K519' });
    }
  }
  if ((object.mountOptions ?? []).length > 0)
    reportAt(['mountOptions'], "the machine's agent mounts volumes without options", {
      code: 'I2K494',
      hint: 'Leave them out.',
    });
  for (const [index, { matchLabelExpressions = [] }] of (object.allowedTopologies ?? []).entries()) {
    for (const [position, { key }] of matchLabelExpressions.entries()) {
      if (!isZoneLabel(key ?? ''))
        reportAt(
          ['allowedTopologies', index, 'matchLabelExpressions', position, 'key'],
          `an EBS volume cannot be placed by ${key}`,
          {
            code: 'I2K411',
          },
        );
    }
  }
}
