// Compiles each file of a folder as an app of its own, all in one process, and prints the duration.
import { readdirSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { compile } from '@i2kit/compiler';

const folder = process.argv[2] ?? '.';
const started = performance.now();
const results = readdirSync(folder)
  .sort()
  .map((file) => {
    const app = file.replace(/\.yaml$/, '');
    const sources = [{ name: file, text: readFileSync(join(folder, file), 'utf8') }];
    const result = compile(sources, { app, env: 'bench', config: { region: 'eu-west-1' } });
    if (!result.ok) throw new Error(`${file}: ${result.diagnostics[0]?.message}`);
    return {
      bytes: JSON.stringify(result.stacks[0].template, null, 2).length,
      resources: Object.keys(result.stacks[0].template.Resources).length,
    };
  });
const milliseconds = performance.now() - started;
const sum = (what) => results.reduce((total, result) => total + result[what], 0);
writeSync(
  1,
  `${JSON.stringify({ apps: results.length, resources: sum('resources'), bytes: sum('bytes'), milliseconds })}\n`,
);
