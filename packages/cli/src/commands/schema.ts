// `i2kit schema`: JSON schemas for editors, and for who writes an agent of their own.
import type { Command } from '../context.ts';
import { exit } from '../exit.ts';

const schemaNames = ['config', 'lock', 'context', 'agent', 'review'] as const;

export const schema: Command = {
  usage: 'schema [config|lock|context|agent|review]',
  summary:
    'Print the JSON schema of i2kit.yaml, of the lock and context files, of what machines are given or of a review',
  description:
    'An editor with the YAML language server checks and completes i2kit.yaml once its first line says where the schema is:\n' +
    '  # yaml-language-server: $schema=i2kit.schema.json',
  flags: [],
  operands: { least: 0, most: 1, choices: schemaNames },
  examples: [['schema > i2kit.schema.json', 'The schema of i2kit.yaml, for the line above']],
  async run({ io, operands: [name = 'config'] }) {
    io.stdout.write(io.readResource(`${name}.schema.json`));
    return exit.fine;
  },
};
