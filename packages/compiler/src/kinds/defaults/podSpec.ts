// The defaults of a pod's spec, which are the same in a Pod and in every template of one.
import { container } from './container.ts';
import { child, children, fill, fillZero, type JsonObject, struct } from './json.ts';
import { resourceList, resources } from './resourceList.ts';
import { volume } from './volume.ts';

/** SetDefaults_PodSpec and what is defaulted below it. */
export function podSpec(spec: JsonObject): void {
  fillZero(spec, { dnsPolicy: 'ClusterFirst', restartPolicy: 'Always', schedulerName: 'default-scheduler' });
  fill(spec, { securityContext: {}, terminationGracePeriodSeconds: 30 });
  for (const object of children(spec, 'volumes')) volume(object);
  for (const key of ['initContainers', 'containers', 'ephemeralContainers']) {
    for (const object of children(spec, key)) container(object);
  }
  resourceList(spec, 'overhead');
  resources(child(spec, 'resources'));
}

/** A pod template that its owner holds by value. */
export function podTemplate(template: JsonObject): void {
  struct(template, 'metadata');
  podSpec(struct(template, 'spec'));
}
