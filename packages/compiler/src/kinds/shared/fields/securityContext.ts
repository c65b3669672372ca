// Field support of security contexts; see "SecurityContext" and "PodSecurityContext" in Kubernetes' API reference.

import type { FieldSupportTable } from './fieldSupport.ts';
import { eachField, fieldsUnder, mapped, refused, warned } from './fieldSupport.ts';

/** Fields that a pod and a container share. */
const sharedSecurityFields = (): FieldSupportTable => ({
  ...eachField('runAsGroup runAsNonRoot runAsUser', mapped('pod')),
  'seccompProfile.type': mapped('isolation'),
  'seccompProfile.localhostProfile': refused('I2K417'),
  'appArmorProfile.localhostProfile': refused('I2K417'),
  'appArmorProfile.type': warned('I2K509', { unless: 'Unconfined' }),
  ...fieldsUnder('seLinuxOptions', eachField('level role type user', warned('I2K509'))),
  ...fieldsUnder(
    'windowsOptions',
    eachField('gmsaCredentialSpec gmsaCredentialSpecName hostProcess runAsUserName', refused('I2K407')),
  ),
});

export const containerSecurityFields = (): FieldSupportTable => ({
  ...sharedSecurityFields(),
  ...eachField('allowPrivilegeEscalation readOnlyRootFilesystem', mapped('pod')),
  ...eachField('capabilities.add[] capabilities.drop[]', mapped('isolation')),
  privileged: warned('I2K503', { unless: false }),
  // Kubernetes requires a user namespace for it, and there is none.
  procMount: refused('I2K408', { unless: 'Default' }),
});

export const podSecurityFields = (): FieldSupportTable => ({
  ...sharedSecurityFields(),
  ...eachField(
    'fsGroup fsGroupChangePolicy supplementalGroups[] supplementalGroupsPolicy sysctls[].name sysctls[].value',
    mapped('pod'),
  ),
  seLinuxChangePolicy: warned('I2K509'),
});
