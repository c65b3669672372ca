// An input without a workload is refused by every command that would deploy, show or delete its machines.
import { exit } from '../../src/exit.ts';
import { i2kit, manifest } from '../harness.ts';

const commands = [
  ['synth'],
  ['validate'],
  ['diff', '--against', 'out'],
  ['apply', '--yes'],
  ['apply', '--yes', '--prune'],
] as const;

const inputs = [
  ['nothing', '', 'error[I2K738] <stdin> no objects in the input'],
  ['blank lines', '\n \n', 'error[I2K738] <stdin> no objects in the input'],
  ['a ConfigMap alone', manifest('ConfigMap', 'settings'), 'error[I2K738] <stdin> no workload in the input'],
] as const;

test.each(commands.flatMap((command) => inputs.map((input) => [command, ...input] as const)))(
  '%j of %s',
  async (command, _, stdin, message) => {
    const asked: string[] = [];
    const note = (name: string) => async () => {
      asked.push(name);
      return exit.fine;
    };
    const { code, stderr, stdout } = await i2kit([...command, '-f', '-', '--app', 'shop', '--region', 'eu-west-1'], {
      files: { 'out/default-shop.template.json': '{"Resources":{}}' },
      stdin,
      aws: { apply: note('apply'), checkAccount: note('checkAccount') },
      images: { warnMovedTags: note('warnMovedTags'), ensureImages: async () => ({ lock: { version: 1 } }) },
    });
    expect([code, asked]).toEqual([2, []]);
    expect(stderr).toContain(message);
    expect(stderr).toContain('To delete an app, run `i2kit destroy`.');
    expect(stdout).not.toContain('Resources');
  },
);
