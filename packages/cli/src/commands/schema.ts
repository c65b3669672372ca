// `i2kit schema`: prints JSON schemas for editors and for authors of other agents.
import type { Command } from '../context.ts';
import { exit } from '../exit.ts';

const schemaNames = ['config', 'lock', 'context', 'agent', 'review'] as const;

export const schema: Command = {
  usage: 'schema [config|lock|context|agent|review]',
  summary: 'Print a JSON schema: of i2kit.yaml, the lock file, the context file, machine payloads or reviews',
  description:
    'An editor with the YAML language server checks and completes i2kit.yaml once its first line names the schema:\n' +
    '  # yaml-language-server: $schema=i2kit.schema.json',
  flags: [],
  operands: { least: 0, most: 1, choices: schemaNames },
  examples: [['schema > i2kit.schema.json', 'Write the schema of i2kit.yaml, for the line above']],
  async run({ io, operands: [name = 'config'] }) {
    io.stdout.write(io.readResource(`${name}.schema.json`));
    return exit.fine;
  },
};
