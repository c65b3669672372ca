// Bad input, a folder each: what is said of bad-input/<number>-<name>/input.yaml (or of what input.ts makes) is its expected.txt.
// The numbers are those of the table in docs/errors.md. UPDATE_GOLDENS=1 writes what is said now.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'yaml';
import { compile } from '../src/compile.ts';
import type { Config, Lock } from '../src/options.ts';
import { render } from '../src/render.ts';

const folder = new URL('bad-input/', import.meta.url);

interface Input {
  readonly default: string;
  readonly config?: Config;
  /** The text of i2kit.yaml, where it is what is wrong. */
  readonly settings?: string;
  readonly lock?: Lock;
}

/** An input stands in a file, with i2kit.yaml beside it where that counts, or is made where a file would be too large to keep. */
async function inputOf(name: string): Promise<Input> {
  const yaml = new URL(`${name}/input.yaml`, folder);
  if (!existsSync(yaml)) return await import(`./bad-input/${name}/input.ts`);
  const beside = new URL(`${name}/i2kit.yaml`, folder);
  const settings = existsSync(beside) ? readFileSync(beside, 'utf8') : undefined;
  return {
    default: readFileSync(yaml, 'utf8'),
    ...(settings !== undefined && { settings, config: parse(settings) as Config }),
  };
}

const names = readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);

describe('bad input', () => {
  it.each(names.sort())('%s', async (name) => {
    const { default: text, config = {}, settings, lock } = await inputOf(name);
    const sources = [{ name: 'input.yaml', text }];
    const texts = settings === undefined ? sources : [...sources, { name: 'i2kit.yaml', text: settings }];
    const started = process.cpuUsage();
    const { diagnostics } = compile(sources, {
      app: 'shop',
      env: 'default',
      config: { region: 'eu-west-1', ...config },
      ...(lock && { lock }),
    });
    // That an image is not built yet is not what these inputs are about.
    const said = render(
      diagnostics.filter(({ code }) => code !== 'I2K702'),
      texts,
      { color: false },
    );
    // Processor time: the machine may be busy with something else.
    const { user, system } = process.cpuUsage(started);
    expect((user + system) / 1e6).toBeLessThan(2);
    const golden = new URL(`${name}/expected.txt`, folder);
    if (process.env['UPDATE_GOLDENS'] === '1') writeFileSync(golden, said);
    expect(said).toBe(readFileSync(golden, 'utf8'));
  });
});
