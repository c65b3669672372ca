// QEMU's control socket: the power button, as EC2 presses it before it takes a machine away.
import { connect } from 'node:net';

/** Resolves once the button is pressed; the machine then ends by itself. Rejects where nobody listens. */
export function pressPowerButton(socket: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const client = connect(socket);
    client.on('error', reject);
    let text = '';
    client.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      // A greeting, then an answer to each command.
      const answers = text.split('\n').filter((line) => /"(QMP|return|error)"/.test(line)).length;
      if (answers >= 3) {
        client.destroy();
        resolve();
      }
    });
    client.write('{"execute":"qmp_capabilities"}\n{"execute":"system_powerdown"}\n');
  });
}
