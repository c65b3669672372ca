// What is done with probes and lifecycle hooks; see "Probe" and "LifecycleHandler" in Kubernetes' API reference.

import { each, mapped, refused, under } from './classes.ts';
import type { Ledger } from './ledger.ts';

/** What a probe and a hook have in common. */
const action =
  'exec.command[] httpGet.host httpGet.httpHeaders[].name httpGet.httpHeaders[].value httpGet.path httpGet.port httpGet.scheme';
const socket = 'tcpSocket.host tcpSocket.port';

const probe: Ledger = each(
  `${action} ${socket} grpc.port grpc.service failureThreshold initialDelaySeconds periodSeconds successThreshold terminationGracePeriodSeconds timeoutSeconds`,
  mapped('pod'),
);

const hook: Ledger = {
  ...each(`${action} sleep.seconds`, mapped('pod')),
  // Kubernetes takes it and then fails to run it.
  ...each(socket, refused('I2K416', { hint: 'Use exec, httpGet or sleep.' })),
};

export const probes: Ledger = { ...under('livenessProbe', probe), ...under('readinessProbe', probe), ...under('startupProbe', probe) };

export const lifecycle: Ledger = { ...under('postStart', hook), ...under('preStop', hook), stopSignal: mapped('pod') };
