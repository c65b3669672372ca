// The workloads of a stack that have logs, and which of them are meant.
import { stackOf } from '../look.ts';
import { originsOf } from '../origins.ts';
import { resourcesOf } from '../resources.ts';
import { conclude, type Run, type Steps, stop } from '../run.ts';

export interface Source {
  /** e.g. `Deployment/default/web`; the log group's logical id where the template names none. */
  readonly object: string;
  readonly logGroup: string;
  /** Names of its Auto Scaling groups. */
  readonly groups: readonly string[];
  /** The one pod of a StatefulSet that is meant, e.g. `db-0`. */
  readonly pod?: string;
}

const short: Readonly<Record<string, string>> = { deploy: 'deployment', sts: 'statefulset', rs: 'replicaset', po: 'pod', cj: 'cronjob' };

/** True for `web`, `deployment/web`, `deploy/web` and `deployment/default/web`, as in kubectl. */
export function isMeant(object: string, asked: string): boolean {
  const [kind = '', namespace = '', name = ''] = object.toLowerCase().split('/');
  const words = asked.toLowerCase().split('/');
  const wanted = words[0] ?? '';
  const kinds = [wanted, wanted.replace(/s$/, ''), short[wanted]];
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
function podOf(source: Source, asked: string): readonly Source[] {
  const [, before = '', name = '', ordinal = ''] = /^((?:po|pods?)\/(?:[^/]+\/)?)?([^/]+)-(\d+)$/i.exec(asked) ?? [];
  const [kind, namespace, own = ''] = source.object.split('/');
  const within = before.split('/')[1];
  const isIts = kind === 'StatefulSet' && name.toLowerCase() === own && (!within || within === namespace);
  return isIts ? [{ ...source, pod: `${own}-${ordinal}` }] : [];
}

/** Those of the stack, or the ones that `asked` means; ends the run where there are none. */
export async function* sourcesOf(run: Run, asked: string | undefined): Steps<readonly Source[]> {
  const stack = yield* stackOf(run, run.stackName);
  if (!stack) throw stop(conclude(run, 'failed', `There is no stack ${run.stackName}.`, { reason: 'absent' }));
  const origins = yield* originsOf(run, stack.stackId);
  const resources = ((yield* resourcesOf(run, stack.stackId)) ?? []).filter(
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
  const found = asked === undefined ? all : all.filter(({ object }) => isMeant(object, asked));
  if (found.length > 0) return found;
  const pods = asked === undefined ? [] : all.flatMap((source) => podOf(source, asked));
  if (pods.length > 0) return pods;
  const why = asked === undefined ? `Nothing in ${run.stackName} writes logs.` : `${run.stackName} has no workload ${asked} with logs.`;
  const known = all.map(({ object }) => object).join(', ');
  throw stop(conclude(run, 'failed', why, { reason: 'unknown', ...(known ? { hint: `There are: ${known}.` } : {}) }));
}
