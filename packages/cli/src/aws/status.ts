// How a stack stands: once, or until nothing is under way.
import { printable } from '@i2kit/runner';
import type { Named } from '../aws-ports.ts';
import type { Context } from '../context.ts';
import { type Exit, exit } from '../exit.ts';
import { connect } from './connect.ts';
import { interruptible } from './interrupt.ts';
import { isFine, look } from './statuslook.ts';
import { statusText } from './statustext.ts';
import { watch } from './statuswatch.ts';

export async function status(context: Context, { stackName, region }: Named): Promise<Exit> {
  const { io, values } = context;
  const connection = await connect(context, region);
  // A single look is ended by Ctrl-C at once.
  const interrupt = values.watch ? interruptible(io) : undefined;
  try {
    if (interrupt) return await watch(context, connection, interrupt, stackName);
    const found = await look(connection, stackName, values.output !== undefined);
    if (!found) {
      io.stderr.write(`error: There is no stack ${printable(stackName)}.\n`);
      return exit.failed;
    }
    const wide = values.output === 'wide';
    io.stdout.write(values.output === 'json' ? `${JSON.stringify(found, null, 2)}\n` : statusText(found, wide, Date.now()));
    return isFine(found) ? exit.fine : exit.failed;
  } finally {
    interrupt?.release();
    connection.close();
  }
}
