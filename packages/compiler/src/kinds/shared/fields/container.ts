// Field support of containers, probes and lifecycle hooks; see "Container" in Kubernetes' API reference.

import {
  allFields,
  eachField,
  type FieldSupportTable,
  fieldsUnder,
  mapped,
  meaningless,
  refused,
} from './fieldSupport.ts';
import { containerSecurityFields } from './securityContext.ts';

/** Actions that a probe and a hook share. */
const ACTION_FIELDS =
  'exec.command[] httpGet.host httpGet.httpHeaders[].name httpGet.httpHeaders[].value httpGet.path httpGet.port httpGet.scheme';
const SOCKET_FIELDS = 'tcpSocket.host tcpSocket.port';

const probeFields = (): FieldSupportTable =>
  eachField(
    `${ACTION_FIELDS} ${SOCKET_FIELDS} grpc.port grpc.service failureThreshold initialDelaySeconds periodSeconds successThreshold terminationGracePeriodSeconds timeoutSeconds`,
    mapped('pod'),
  );

const hookFields = (): FieldSupportTable => ({
  ...eachField(`${ACTION_FIELDS} sleep.seconds`, mapped('pod')),
  // Kubernetes accepts it and then fails to run it.
  ...eachField(SOCKET_FIELDS, refused('I2K416', { hint: 'Use exec, httpGet or sleep.' })),
});

export const probesFields = (): FieldSupportTable => ({
  ...fieldsUnder('livenessProbe', probeFields()),
  ...fieldsUnder('readinessProbe', probeFields()),
  ...fieldsUnder('startupProbe', probeFields()),
});

export const lifecycleFields = (): FieldSupportTable => ({
  ...fieldsUnder('postStart', hookFields()),
  ...fieldsUnder('preStop', hookFields()),
  stopSignal: mapped('pod'),
});

const environmentFields = (): FieldSupportTable => ({
  ...eachField('env[].name env[].value', mapped('pod')),
  ...fieldsUnder('env[].valueFrom', {
    ...eachField('configMapKeyRef.key configMapKeyRef.name configMapKeyRef.optional', mapped('pod')),
    ...eachField('secretKeyRef.key secretKeyRef.name secretKeyRef.optional', mapped('pod')),
    ...eachField(
      'fieldRef.fieldPath resourceFieldRef.containerName resourceFieldRef.divisor resourceFieldRef.resource',
      mapped('pod'),
    ),
    'fieldRef.apiVersion': refused('I2K319', { unless: 'v1' }),
    ...eachField('fileKeyRef.key fileKeyRef.optional fileKeyRef.path fileKeyRef.volumeName', refused('I2K416')),
  }),
  ...eachField('envFrom[].configMapRef.name envFrom[].configMapRef.optional envFrom[].prefix', mapped('pod')),
  ...eachField('envFrom[].secretRef.name envFrom[].secretRef.optional', mapped('pod')),
});

const resourcesFields = (): FieldSupportTable => ({
  ...eachField('resources.limits.* resources.requests.*', mapped('machine')),
  ...eachField('resources.claims[].name resources.claims[].request', refused('I2K406')),
  ...eachField(
    'resizePolicy[].resourceName resizePolicy[].restartPolicy',
    meaningless('Nothing is resized in place: other resources mean another machine.'),
  ),
});

const storageFields = (): FieldSupportTable => ({
  ...eachField('volumeDevices[].devicePath volumeDevices[].name', mapped('pod')),
  ...fieldsUnder('volumeMounts[]', {
    ...eachField('mountPath mountPropagation name readOnly subPath subPathExpr', mapped('pod')),
    recursiveReadOnly: refused('I2K416', { unless: ['Disabled', 'IfPossible'] }),
  }),
});

const portsFields = (): FieldSupportTable =>
  fieldsUnder('ports[]', {
    ...eachField('containerPort name protocol', mapped('firewall')),
    hostIP: refused('I2K418', { unless: ['', '0.0.0.0'] }),
    hostPort: refused('I2K418', { byRule: true }),
  });

export const containerFields = (): FieldSupportTable => ({
  ...eachField('args[] command[] image name workingDir', mapped('pod')),
  imagePullPolicy: meaningless(
    'Nothing is pulled when a machine boots: the machine image contains the container image, by digest.',
  ),
  ...environmentFields(),
  ...portsFields(),
  ...resourcesFields(),
  ...storageFields(),
  ...probesFields(),
  ...fieldsUnder('lifecycle', lifecycleFields()),
  ...fieldsUnder('securityContext', containerSecurityFields()),
  ...eachField('stdin stdinOnce terminationMessagePath terminationMessagePolicy tty', mapped('pod')),
  // A pod of a Deployment always restarts, so stating it is harmless.
  restartPolicy: refused('I2K416', { unless: 'Always' }),
  ...fieldsUnder('restartPolicyRules[]', eachField('action exitCodes.operator exitCodes.values[]', refused('I2K416'))),
});

/** Its restartPolicy makes it a sidecar. */
export const initContainerFields = (): FieldSupportTable => ({ ...containerFields(), restartPolicy: mapped('pod') });

export const ephemeralContainerFields = (): FieldSupportTable =>
  allFields({ ...containerFields(), targetContainerName: mapped('pod') }, refused('I2K415'));
