// QEMU's control socket: presses the power button, as EC2 does before it terminates a machine.
import { connect } from 'node:net';

/** Resolves once the button is pressed; the machine then shuts down. Rejects without a listener. */
export function pressPowerButton(socket: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const client = connect(socket);
    client.on('error', reject);
    let text = '';
    client.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      // A greeting, then a response to each command.
      const answers = text.split('\n').filter((line) => /"(QMP|return|error)"/.test(line)).length;
      if (answers >= 3) {
        client.destroy();
        resolve();
      }
    });
    client.write('{"execute":"qmp_capabilities"}\n{"execute":"system_powerdown"}\n');
  });
}
