// What differs from a stack's template, below the Kubernetes objects that it comes from.
import { drift as comparing, type Difference, type Drifted, exitCode, isResult, printable } from '@i2kit/runner';
import type { Named } from '../aws-ports.ts';
import type { Context } from '../context.ts';
import { type Exit, exit } from '../exit.ts';
import { byCodeUnits, count } from '../text.ts';
import { connect } from './connect.ts';
import { interruptible } from './interrupt.ts';
import { runOptions } from './options.ts';

export async function drift(context: Context, { stackName, region }: Named): Promise<Exit> {
  const { io, values, color } = context;
  const connection = await connect(context, region);
  const interrupt = interruptible(io);
  const found: Drifted[] = [];
  try {
    for await (const event of comparing(connection.clients, { stackName }, runOptions(context, interrupt.signal))) {
      if (event.code === 'I2K876') found.push(event.data);
      else if (event.code === 'I2K875' && !values.quiet) io.stderr.write(`${printable(event.message)}\n`);
      else if (event.level === 'warn') io.stderr.write(`warning: ${printable(event.message)}\n`);
      if (!isResult(event)) continue;
      const { outcome, message, hint } = event.data;
      if (outcome !== 'succeeded') {
        io.stderr.write(`error: ${printable(message)}\n${hint ? `hint: ${printable(hint)}\n` : ''}`);
        return exitCode(event.data);
      }
      const json = { version: 1, stackName, drifted: found };
      io.stdout.write(values.output === 'json' ? `${JSON.stringify(json, null, 2)}\n` : driftText(found, color && io.stdout.isTTY));
      if (!values.quiet) io.stderr.write(`${printable(message)}\n`);
    }
    return found.length > 0 && !values['exit-zero'] ? exit.differs : exit.fine;
  } finally {
    interrupt.release();
    connection.close();
  }
}

const paint = { MODIFIED: 33, DELETED: 31 } as const;

/** Empty where nothing has drifted. */
export function driftText(all: readonly Drifted[], color: boolean): string {
  const from = ({ object }: Drifted) => object ?? 'from no object';
  const sorted = [...all].sort((a, b) => byCodeUnits(from(a), from(b)) || byCodeUnits(a.logicalId, b.logicalId));
  const lines = sorted.flatMap((each, at) => {
    const before = sorted[at - 1];
    const word = color ? `\u001b[${paint[each.how]}m${each.how}\u001b[39m` : each.how;
    const what = `${each.logicalId}  ${each.type.replace(/^AWS::/, '')}  ${each.physicalId}`;
    return [
      ...(before && from(before) === from(each) ? [] : [printable(from(each))]),
      `  ${word.padEnd(each.how.length)}  ${printable(what)}`,
      ...each.differences.map((one) => `    ${printable(differenceText(one))}`),
    ];
  });
  return lines.map((line) => `${line}\n`).join('');
}

const most = 200;
const cut = (text: string): string => (text.length > most ? `${text.slice(0, most)}… (${count(text.length, 'character')})` : text);

function differenceText({ path, expected, actual, how }: Difference): string {
  if (how === 'ADD') return `${path}: not in the template, is ${cut(actual)}`;
  if (how === 'REMOVE') return `${path}: in the template ${cut(expected)}, is not there`;
  return `${path}: in the template ${cut(expected)}, is ${cut(actual)}`;
}
