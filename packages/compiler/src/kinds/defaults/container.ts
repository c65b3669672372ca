// The defaults of a container, be it an ordinary, an init or an ephemeral one.
import { pullPolicy } from './imageTag.ts';
import { child, children, fill, fillZero, type JsonObject, struct } from './json.ts';
import { httpGet, probe } from './probe.ts';
import { resources } from './resourceList.ts';

/** SetDefaults_Container and what is defaulted below it. */
export function container(object: JsonObject): void {
  fillZero(object, {
    imagePullPolicy: pullPolicy(object.image),
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
  });
  for (const port of children(object, 'ports')) fillZero(port, { protocol: 'TCP' });
  for (const variable of children(object, 'env')) valueFrom(child(variable, 'valueFrom'));
  resources(struct(object, 'resources'));
  for (const key of ['livenessProbe', 'readinessProbe', 'startupProbe']) probe(child(object, key));
  const lifecycle = child(object, 'lifecycle');
  for (const key of ['postStart', 'preStop']) httpGet(child(lifecycle, key));
}

function valueFrom(source: JsonObject | undefined): void {
  fieldRef(source);
  const file = child(source, 'fileKeyRef');
  if (file) fill(file, { optional: false });
}

/** SetDefaults_ObjectFieldSelector, of the variable or the file that holds it. */
export function fieldRef(holder: JsonObject | undefined): void {
  const selector = child(holder, 'fieldRef');
  if (selector) fillZero(selector, { apiVersion: 'v1' });
}
