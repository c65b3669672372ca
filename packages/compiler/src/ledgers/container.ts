// What is done with a container; see "Container" in Kubernetes' API reference.

import { all, each, mapped, meaningless, refused, under } from './classes.ts';
import { lifecycle, probes } from './handler.ts';
import type { Ledger } from './ledger.ts';
import { containerSecurity } from './securityContext.ts';

const environment: Ledger = {
  ...each('env[].name env[].value', mapped('pod')),
  ...under('env[].valueFrom', {
    ...each('configMapKeyRef.key configMapKeyRef.name configMapKeyRef.optional', mapped('pod')),
    ...each('secretKeyRef.key secretKeyRef.name secretKeyRef.optional', mapped('pod')),
    ...each('fieldRef.fieldPath resourceFieldRef.containerName resourceFieldRef.divisor resourceFieldRef.resource', mapped('pod')),
    'fieldRef.apiVersion': refused('I2K319', { unless: 'v1' }),
    ...each('fileKeyRef.key fileKeyRef.optional fileKeyRef.path fileKeyRef.volumeName', refused('I2K416')),
  }),
  ...each('envFrom[].configMapRef.name envFrom[].configMapRef.optional envFrom[].prefix', mapped('pod')),
  ...each('envFrom[].secretRef.name envFrom[].secretRef.optional', mapped('pod')),
};

const resources: Ledger = {
  ...each('resources.limits.* resources.requests.*', mapped('machine')),
  ...each('resources.claims[].name resources.claims[].request', refused('I2K406')),
  ...each(
    'resizePolicy[].resourceName resizePolicy[].restartPolicy',
    meaningless('Nothing is resized in place: other resources are another machine.'),
  ),
};

const storage: Ledger = {
  ...each('volumeDevices[].devicePath volumeDevices[].name', mapped('pod')),
  ...under('volumeMounts[]', {
    ...each('mountPath mountPropagation name readOnly subPath subPathExpr', mapped('pod')),
    recursiveReadOnly: refused('I2K416', { unless: ['Disabled', 'IfPossible'] }),
  }),
};

const ports: Ledger = under('ports[]', {
  ...each('containerPort name protocol', mapped('firewall')),
  hostIP: refused('I2K418', { unless: ['', '0.0.0.0'] }),
  hostPort: refused('I2K418', { byRule: true }),
});

export const container: Ledger = {
  ...each('args[] command[] image name workingDir', mapped('pod')),
  imagePullPolicy: meaningless('Nothing is pulled when a machine boots: the image is in it, by digest.'),
  ...environment,
  ...ports,
  ...resources,
  ...storage,
  ...probes,
  ...under('lifecycle', lifecycle),
  ...under('securityContext', containerSecurity),
  ...each('stdin stdinOnce terminationMessagePath terminationMessagePolicy tty', mapped('pod')),
  // A pod of a Deployment is restarted always, so saying it again is harmless.
  restartPolicy: refused('I2K416', { unless: 'Always' }),
  ...under('restartPolicyRules[]', each('action exitCodes.operator exitCodes.values[]', refused('I2K416'))),
};

/** Its restartPolicy says whether it is a sidecar. */
export const initContainer: Ledger = { ...container, restartPolicy: mapped('pod') };

export const ephemeralContainer: Ledger = all({ ...container, targetContainerName: mapped('pod') }, refused('I2K415'));
