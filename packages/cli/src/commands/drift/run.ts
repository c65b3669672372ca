// Prints the differences between a stack and its template, by Kubernetes object.
import { compareText, countText } from '@i2kit/common';
import {
  detectDrift as comparing,
  type DriftedProperty,
  type DriftedResource,
  exitCodeOf,
  isResult,
  printable,
} from '@i2kit/runner';
import { connect } from '../../aws/connection.ts';
import { runOptions } from '../../aws/runOptions.ts';
import type { Context } from '../../context.ts';
import { type ExitCode, exit } from '../../exit.ts';
import { listenForInterrupt } from '../../output/interrupt.ts';
import type { SelectedStack } from '../../ports/aws.ts';

export async function runDrift(context: Context, { stackName, region }: SelectedStack): Promise<ExitCode> {
  const { io, values, color } = context;
  const connection = await connect(context, region);
  const interrupt = listenForInterrupt(io);
  const found: DriftedResource[] = [];
  try {
    for await (const event of comparing(connection.clients, { stackName }, runOptions(context, interrupt.signal))) {
      if (event.code === 'I2K876') found.push(event.data);
      else if (event.code === 'I2K875' && !values.quiet) io.stderr.write(`${printable(event.message)}\n`);
      else if (event.level === 'warn') io.stderr.write(`warning: ${printable(event.message)}\n`);
      if (!isResult(event)) continue;
      const { outcome, message, hint } = event.data;
      if (outcome !== 'succeeded') {
        io.stderr.write(`error: ${printable(message)}\n${hint ? `hint: ${printable(hint)}\n` : ''}`);
        return exitCodeOf(event.data);
      }
      const json = { version: 1, stackName, drifted: found };
      io.stdout.write(
        values.output === 'json' ? `${JSON.stringify(json, null, 2)}\n` : driftText(found, color && io.stdout.isTTY),
      );
      if (!values.quiet) io.stderr.write(`${printable(message)}\n`);
    }
    return found.length > 0 && !values['exit-zero'] ? exit.differs : exit.fine;
  } finally {
    interrupt.release();
    connection.close();
  }
}

const statusColors = { MODIFIED: 33, DELETED: 31 } as const;

/** Empty without drift. */
export function driftText(all: readonly DriftedResource[], color: boolean): string {
  const from = ({ object }: DriftedResource) => object ?? 'no object';
  const sorted = [...all].sort((a, b) => compareText(from(a), from(b)) || compareText(a.logicalId, b.logicalId));
  const lines = sorted.flatMap((each, at) => {
    const before = sorted[at - 1];
    const word = color ? `\u001b[${statusColors[each.how]}m${each.how}\u001b[39m` : each.how;
    const what = `${each.logicalId}  ${each.type.replace(/^AWS::/, '')}  ${each.physicalId}`;
    return [
      ...(before && from(before) === from(each) ? [] : [printable(from(each))]),
      `  ${word.padEnd(each.how.length)}  ${printable(what)}`,
      ...each.differences.map((one) => `    ${printable(differenceText(one))}`),
    ];
  });
  return lines.map((line) => `${line}\n`).join('');
}

const maxValueLength = 200;
const truncated = (text: string): string =>
  text.length > maxValueLength ? `${text.slice(0, maxValueLength)}… (${countText(text.length, 'character')})` : text;

function differenceText({ path, expected, actual, how }: DriftedProperty): string {
  if (how === 'ADD') return `${path}: not in the template, is ${truncated(actual)}`;
  if (how === 'REMOVE') return `${path}: in the template ${truncated(expected)}, is missing`;
  return `${path}: in the template ${truncated(expected)}, is ${truncated(actual)}`;
}
