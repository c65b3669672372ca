// The defaults of probes and of the actions that probes and lifecycle hooks share.
import { child, fill, fillZero, type JsonObject } from './json.ts';

/** SetDefaults_Probe: a zero is no time and no count, so it is filled too. */
export function probe(object: JsonObject | undefined): void {
  if (!object) return;
  fillZero(object, { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 });
  httpGet(object);
  const grpc = child(object, 'grpc');
  if (grpc) fill(grpc, { service: '' });
}

/** SetDefaults_HTTPGetAction, of the probe or hook that holds it. */
export function httpGet(handler: JsonObject | undefined): void {
  const action = child(handler, 'httpGet');
  if (action) fillZero(action, { path: '/', scheme: 'HTTP' });
}
