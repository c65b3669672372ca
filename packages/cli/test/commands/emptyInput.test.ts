// An input without a workload is refused by every command that would deploy, show or delete its machines.
import { success } from '@i2kit/common';
import { compiler } from '../../src/compiler.ts';
import { exit } from '../../src/exit.ts';
import { i2kit } from '../harness.ts';

const commands = [
  ['synth'],
  ['validate'],
  ['diff'],
  ['diff', '--against', 'out'],
  ['apply', '--yes'],
  ['apply', '--yes', '--prune'],
] as const;

const inputs = [
  ['nothing', '', 'no objects in the input'],
  ['blank lines', '\n \n', 'no objects in the input'],
  ['comments', '# helm\n---\n# nothing\n', 'no objects in the input'],
  [
    'a Service of another stack alone',
    'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n',
    'no workload in the input',
  ],
  [
    'a ConfigMap alone',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {a: b}\n',
    'no workload in the input',
  ],
] as const;

test.each(commands.flatMap((command) => inputs.map((input) => [command, ...input] as const)))(
  '%j of %s, from standard input and from a file',
  async (command, _, text, message) => {
    const asked: string[] = [];
    const note = (name: string) => async () => {
      asked.push(name);
      return exit.fine;
    };
    for (const file of ['-', 'input.yaml']) {
      const { code, stderr, stdout } = await i2kit([...command, '-f', file, '--app', 'shop', '--region', 'eu-west-1'], {
        files: { 'out/default-shop.template.json': '{"Resources":{}}', 'input.yaml': text },
        stdin: text,
        compiler,
        aws: { apply: note('apply'), checkAccount: note('checkAccount') },
        images: { warnMovedTags: note('warnMovedTags'), ensureImages: async () => success({ version: 1 } as const) },
      });
      expect([code, asked]).toEqual([2, []]);
      expect(stderr).toMatch(
        new RegExp(`^error\\[I2K738\\] ${file === '-' ? '<stdin>' : file}:\\d:\\d ${message}$`, 'm'),
      );
      expect(stderr).toContain('To delete an app, run `i2kit destroy`.');
      expect(stdout).not.toContain('Resources');
    }
  },
);
