// What is done with a pod's specification; see "PodSpec" in Kubernetes' API reference.

import { each, mapped, refused, under, warned } from './classes.ts';
import { container, ephemeralContainer, initContainer } from './container.ts';
import type { Ledger } from './ledger.ts';
import { scheduling } from './scheduling.ts';
import { podSecurity } from './securityContext.ts';
import { volume } from './volumes.ts';

const host: Ledger = {
  ...each('hostIPC hostNetwork', warned('I2K502', { unless: false })),
  hostPID: refused('I2K408', { unless: false }),
  hostUsers: refused('I2K408', { unless: true }),
};

const names: Ledger = {
  ...each('dnsConfig.nameservers[] dnsConfig.options[].name dnsConfig.options[].value dnsConfig.searches[] dnsPolicy', mapped('pod')),
  ...each('hostAliases[].hostnames[] hostAliases[].ip hostname setHostnameAsFQDN subdomain', mapped('pod')),
  hostnameOverride: refused('I2K416', { hint: 'use `hostname`' }),
};

const account: Ledger = {
  automountServiceAccountToken: warned('I2K504', { unless: false }),
  ...each('serviceAccount serviceAccountName', mapped('identity')),
};

/** Pods of any kind of object. */
export const podSpec: Ledger = {
  ...under('containers[]', container),
  ...under('initContainers[]', initContainer),
  ...under('ephemeralContainers[]', ephemeralContainer),
  ...under('volumes[]', volume),
  ...under('securityContext', podSecurity),
  ...scheduling,
  ...host,
  ...names,
  ...account,
  ...each('activeDeadlineSeconds enableServiceLinks restartPolicy shareProcessNamespace terminationGracePeriodSeconds', mapped('pod')),
  'imagePullSecrets[].name': warned('I2K505'),
  'os.name': refused('I2K407', { unless: 'linux' }),
  ...under('resources', each('claims[].name claims[].request limits.* requests.*', refused('I2K420'))),
};
