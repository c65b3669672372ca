// Field support of a pod's spec; see "PodSpec" in Kubernetes' API reference.

import { containerFields, ephemeralContainerFields, initContainerFields } from './container.ts';
import type { FieldSupportTable } from './fieldSupport.ts';
import { eachField, fieldsUnder, mapped, refused, warned } from './fieldSupport.ts';
import { schedulingFields } from './scheduling.ts';
import { podSecurityFields } from './securityContext.ts';
import { volumeFields } from './volumes.ts';

const hostFields = (): FieldSupportTable => ({
  ...eachField('hostIPC hostNetwork', warned('I2K502', { unless: false })),
  hostPID: refused('I2K408', { unless: false }),
  hostUsers: refused('I2K408', { unless: true }),
});

const dnsFields = (): FieldSupportTable => ({
  ...eachField(
    'dnsConfig.nameservers[] dnsConfig.options[].name dnsConfig.options[].value dnsConfig.searches[] dnsPolicy',
    mapped('pod'),
  ),
  ...eachField('hostAliases[].hostnames[] hostAliases[].ip hostname setHostnameAsFQDN subdomain', mapped('pod')),
  hostnameOverride: refused('I2K416', { hint: 'Use `hostname`.' }),
});

const serviceAccountFields = (): FieldSupportTable => ({
  automountServiceAccountToken: warned('I2K504', { unless: false }),
  ...eachField('serviceAccount serviceAccountName', mapped('identity')),
});

/** Pods of any kind of object. */
export const podSpecFields = (): FieldSupportTable => ({
  ...fieldsUnder('containers[]', containerFields()),
  ...fieldsUnder('initContainers[]', initContainerFields()),
  ...fieldsUnder('ephemeralContainers[]', ephemeralContainerFields()),
  ...fieldsUnder('volumes[]', volumeFields()),
  ...fieldsUnder('securityContext', podSecurityFields()),
  ...schedulingFields(),
  ...hostFields(),
  ...dnsFields(),
  ...serviceAccountFields(),
  ...eachField(
    'activeDeadlineSeconds enableServiceLinks restartPolicy shareProcessNamespace terminationGracePeriodSeconds',
    mapped('pod'),
  ),
  'imagePullSecrets[].name': warned('I2K505'),
  'os.name': refused('I2K407', { unless: 'linux' }),
  ...fieldsUnder('resources', eachField('claims[].name claims[].request limits.* requests.*', refused('I2K420'))),
});
