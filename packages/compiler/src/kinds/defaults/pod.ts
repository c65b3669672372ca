// The defaults that only a Pod gets, not a template of one: Kubernetes fills them when it makes the pod.
import { child, children, fill, fillZero, type JsonObject, struct } from './json.ts';
import { podResources } from './podResources.ts';
import { podSpec } from './podSpec.ts';
import { addMissing } from './resourceList.ts';

export function pod(object: JsonObject): void {
  struct(object, 'metadata');
  const spec = struct(object, 'spec');
  runningPodSpec(spec);
  podSpec(spec);
}

/** SetDefaults_Pod. In place: what it is given is a copy. */
export function runningPodSpec(spec: JsonObject): void {
  for (const key of ['containers', 'initContainers']) {
    for (const container of children(spec, key)) {
      const limits = child(child(container, 'resources'), 'limits');
      // Who limits a resource without requesting it requests the limit.
      if (limits) addMissing(struct(container, 'resources'), 'requests', limits);
      if (spec.hostNetwork !== true) continue;
      for (const port of children(container, 'ports')) fillZero(port, { hostPort: port.containerPort });
    }
  }
  podResources(spec);
  fill(spec, { enableServiceLinks: true });
}
