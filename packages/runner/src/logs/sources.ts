// Finds the workloads of a stack that write logs, and how the agent names their log streams.

import { type Run, type RunGenerator, RunStopped, resultOf } from '../run/run.ts';
import { describeStack } from '../stack/describe.ts';
import { readResourceOrigins } from '../stack/resourceOrigins.ts';
import { listStackResources } from '../stack/resources.ts';

export interface LogSource {
  /** E.g. `Deployment/default/web`; the log group's logical id if the template names no object. */
  readonly object: string;
  readonly logGroup: string;
  /** Names of its Auto Scaling groups. */
  readonly groups: readonly string[];
  /** The selected pod of a StatefulSet, e.g. `db-0`. */
  readonly pod?: string;
}

const kindAbbreviations: Readonly<Record<string, string>> = {
  deploy: 'deployment',
  sts: 'statefulset',
  rs: 'replicaset',
  po: 'pod',
  cj: 'cronjob',
};

/** True for `web`, `deployment/web`, `deploy/web` and `deployment/default/web`, as in kubectl. */
export function matchesWorkload(object: string, asked: string): boolean {
  const [kind = '', namespace = '', name = ''] = object.toLowerCase().split('/');
  const words = asked.toLowerCase().split('/');
  const wanted = words[0] ?? '';
  const kinds = [wanted, wanted.replace(/s$/, ''), kindAbbreviations[wanted]];
  switch (words.length) {
    case 1:
      return wanted === name;
    case 2:
      return kinds.includes(kind) && words[1] === name;
    default:
      return kinds.includes(kind) && words[1] === namespace && words[2] === name;
  }
}

/** `db-0`, `pod/db-0`, `pod/default/db-0`: an ordinal of a StatefulSet, as in kubectl. */
function podSourceOf(source: LogSource, asked: string): readonly LogSource[] {
  const [, before = '', name = '', ordinal = ''] = /^((?:po|pods?)\/(?:[^/]+\/)?)?([^/]+)-(\d+)$/i.exec(asked) ?? [];
  const [kind, namespace, own = ''] = source.object.split('/');
  const within = before.split('/')[1];
  const isIts = kind === 'StatefulSet' && name.toLowerCase() === own && (!within || within === namespace);
  return isIts ? [{ ...source, pod: `${own}-${ordinal}` }] : [];
}

/** All sources of the stack, or those that `asked` matches; ends the run if there are none. */
export async function* listLogSources(run: Run, asked: string | undefined): RunGenerator<readonly LogSource[]> {
  const stack = yield* describeStack(run, run.stackName);
  if (!stack)
    throw new RunStopped(resultOf(run, 'failed', `There is no stack ${run.stackName}.`, { reason: 'absent' }));
  const origins = yield* readResourceOrigins(run, stack.stackId);
  const resources = ((yield* listStackResources(run, stack.stackId)) ?? []).filter(
    (each) => each.PhysicalResourceId && each.ResourceStatus !== 'DELETE_COMPLETE',
  );
  const named = (type: string) =>
    resources.flatMap((each) => {
      const id = each.LogicalResourceId ?? '';
      return each.ResourceType === type ? [{ object: origins[id] ?? id, name: each.PhysicalResourceId ?? '' }] : [];
    });
  const groups = named('AWS::AutoScaling::AutoScalingGroup');
  const all = named('AWS::Logs::LogGroup').map(({ object, name }) => ({
    object,
    logGroup: name,
    groups: groups.filter((each) => each.object === object).map((each) => each.name),
  }));
  const found = asked === undefined ? all : all.filter(({ object }) => matchesWorkload(object, asked));
  if (found.length > 0) return found;
  const pods = asked === undefined ? [] : all.flatMap((source) => podSourceOf(source, asked));
  if (pods.length > 0) return pods;
  const why =
    asked === undefined
      ? `Nothing in ${run.stackName} writes logs.`
      : `${run.stackName} has no workload ${asked} with logs.`;
  const known = all.map(({ object }) => object).join(', ');
  throw new RunStopped(
    resultOf(run, 'failed', why, { reason: 'unknown', ...(known ? { hint: `Existing workloads: ${known}.` } : {}) }),
  );
}

/**
 * Stream names of the agent: `<pod>/<container>`, where a pod without a name of its own is called
 * `<workload>-<instance>`. The streams of one machine of a workload whose pods have no names of their own.
 */
export const streamPrefixOf = (object: string, machine: string): string =>
  `${object.split('/').at(-1) ?? ''}-${machine.replace(/^i-/, '')}/`;

export interface LogStreamName {
  readonly pod: string;
  readonly container: string;
  /** Absent if the pod keeps its name when its machine is replaced. */
  readonly machine?: string;
}

/** The parts of a stream's name; an unknown form counts as a pod without a container. */
export function logStreamNameOf(name: string): LogStreamName {
  const slash = name.lastIndexOf('/');
  const pod = slash < 0 ? name : name.slice(0, slash);
  const container = slash < 0 ? '' : name.slice(slash + 1);
  const [, instance] = /-([0-9a-f]{17}|[0-9a-f]{8})$/.exec(pod) ?? [];
  return { pod, container, ...(instance === undefined ? {} : { machine: `i-${instance}` }) };
}
