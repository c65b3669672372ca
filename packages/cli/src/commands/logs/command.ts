// `i2kit logs`: prints container logs from CloudWatch Logs.

import type { Command } from '../../context.ts';
import { problemIf, rangeFlagProblems } from '../shared/flagChecks.ts';
import { awsFlags, stackNameFlags } from '../shared/flagGroups.ts';
import { selectStack } from '../shared/selectStack.ts';

export const logs: Command = {
  usage: 'logs [KIND/NAME]',
  summary: 'Show container logs by workload, container and machine, in order of time',
  description:
    'Shows the last hour, or the range of --since and --tail. Name the workload as in kubectl: web, ' +
    'deployment/web or deployment/default/web. For a machine that never started and logged nothing, shows its ' +
    'console. Lines of the machine itself are those of the container @agent. --app and --env, or i2kit.yaml, ' +
    'select the stack.',
  flags: [
    ...stackNameFlags,
    'follow',
    'since',
    'tail',
    'container',
    'machine',
    'console',
    'timestamps',
    'output',
    ...awsFlags,
  ],
  shortFlags: { f: 'follow' },
  outputFormats: ['json'],
  operands: { least: 0, most: 1 },
  examples: [
    ['logs deployment/web -f', 'Follow one workload until Ctrl-C'],
    ['logs web --since 2h --container nginx', 'Two hours of one container'],
    ['logs db-0', 'One pod of a StatefulSet'],
    ['logs --tail 50 --timestamps', 'The last lines of every workload'],
    ['logs --machine i-0123456789abcdef0 --console', 'Why a machine does not come up'],
    ['logs web --since 24h -o json | jq -r .message', 'For a program: one JSON object per line'],
  ],
  usageProblems(context) {
    const { console, follow, since, container, machine } = context.values;
    return [
      ...rangeFlagProblems(context),
      ...problemIf(
        console && (follow || since !== undefined || container !== undefined),
        '--console shows all that EC2 keeps: only --machine and --tail can be combined with it.',
      ),
      ...problemIf(
        machine !== undefined && !/^i-([0-9a-f]{8}|[0-9a-f]{17})$/.test(machine),
        '--machine takes the id of an EC2 instance, i-….',
      ),
    ];
  },
  async run(context) {
    // The operand is a workload; flags and configuration select the stack.
    const stack = await selectStack({ ...context, operands: [] });
    return stack.ok ? (await context.aws()).logs(context, stack.value) : stack.problems[0];
  },
};
