// What is done with security contexts; see "SecurityContext" and "PodSecurityContext" in Kubernetes' API reference.

import { each, mapped, refused, under, warned } from './classes.ts';
import type { Ledger } from './ledger.ts';

/** What a pod's and a container's have in common. */
const common: Ledger = {
  ...each('runAsGroup runAsNonRoot runAsUser seccompProfile.type', mapped('pod')),
  'seccompProfile.localhostProfile': refused('I2K417'),
  'appArmorProfile.localhostProfile': refused('I2K417'),
  'appArmorProfile.type': warned('I2K509', { unless: 'Unconfined' }),
  ...under('seLinuxOptions', each('level role type user', warned('I2K509'))),
  ...under('windowsOptions', each('gmsaCredentialSpec gmsaCredentialSpecName hostProcess runAsUserName', refused('I2K407'))),
};

export const containerSecurity: Ledger = {
  ...common,
  ...each('allowPrivilegeEscalation capabilities.add[] capabilities.drop[] readOnlyRootFilesystem', mapped('pod')),
  privileged: warned('I2K503', { unless: false }),
  // Kubernetes wants a user namespace for it, and there is none.
  procMount: refused('I2K408', { unless: 'Default' }),
};

export const podSecurity: Ledger = {
  ...common,
  ...each('fsGroup fsGroupChangePolicy supplementalGroups[] supplementalGroupsPolicy sysctls[].name sysctls[].value', mapped('pod')),
  seLinuxChangePolicy: warned('I2K509'),
};
