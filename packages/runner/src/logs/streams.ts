// How the agent names its streams: `<pod>/<container>`, where a pod that has no name of its own is called `<workload>-<instance>`.

/** The streams of one machine of a workload whose pods have no names of their own. */
export const prefixOf = (object: string, machine: string): string => `${object.split('/').at(-1) ?? ''}-${machine.replace(/^i-/, '')}/`;

export interface Stream {
  readonly pod: string;
  readonly container: string;
  /** Absent where the pod keeps its name whatever machine it is in. */
  readonly machine?: string;
}

/** The parts of a stream's name; one that nobody here gave is a pod without a container. */
export function streamOf(name: string): Stream {
  const slash = name.lastIndexOf('/');
  const pod = slash < 0 ? name : name.slice(0, slash);
  const container = slash < 0 ? '' : name.slice(slash + 1);
  const [, instance] = /-([0-9a-f]{17}|[0-9a-f]{8})$/.exec(pod) ?? [];
  return { pod, container, ...(instance === undefined ? {} : { machine: `i-${instance}` }) };
}
