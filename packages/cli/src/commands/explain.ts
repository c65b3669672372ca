// `i2kit explain`: what a code means, what a kind becomes, and what i2kit does with a field.
import type { Command } from '../context.ts';
import { exit } from '../exit.ts';
import { explainCode } from '../explain/code.ts';
import { explainKind } from '../explain/kind.ts';
import { wrongUsage } from '../usage.ts';

export const explain: Command = {
  usage: 'explain CODE|KIND|KIND.PATH',
  summary: 'Say what a code means, or what becomes of a kind or of one of its fields',
  flags: [],
  operands: { least: 1, most: 1 },
  examples: [
    ['explain I2K720', 'What an error means, and what to do'],
    ['explain Deployment', 'What a Deployment becomes'],
    ['explain Deployment.spec.strategy', 'What i2kit does with a field, and with those inside of it'],
  ],
  async run({ io, operands: [word = ''], compiler }) {
    const { catalog, kinds } = await compiler();
    const found = /^i2k\d/i.test(word) ? explainCode(catalog, word.toUpperCase()) : explainKind({ catalog, kinds: await kinds() }, word);
    if ('wrong' in found) return wrongUsage(io, found.wrong, 'explain');
    io.stdout.write(found.text);
    return exit.fine;
  },
};
