// Bad input, a folder each: what is said of bad-input/<number>-<name>/input.yaml (or of what input.ts makes) is its expected.txt.
// The numbers are those of the table in docs/errors.md. UPDATE_GOLDENS=1 writes what is said now.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { read } from '../src/1-read/index.ts';
import { collector, type Diagnostic } from '../src/diagnostic.ts';
import type { Source } from '../src/manifest.ts';
import { render } from '../src/render.ts';

const folder = new URL('bad-input/', import.meta.url);

function diagnosticsOf(sources: readonly Source[]): readonly Diagnostic[] {
  const { report, diagnostics } = collector();
  read(sources, {}, report);
  return diagnostics();
}

async function inputOf(name: string): Promise<string> {
  const yaml = new URL(`${name}/input.yaml`, folder);
  if (existsSync(yaml)) return readFileSync(yaml, 'utf8');
  const made: { readonly default: string } = await import(`./bad-input/${name}/input.ts`);
  return made.default;
}

const names = readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));

describe('bad input', () => {
  it.each(names.sort())('%s', async (name) => {
    const sources = [{ name: 'input.yaml', text: await inputOf(name) }];
    const started = performance.now();
    const said = render(diagnosticsOf(sources), sources, { color: false });
    expect(performance.now() - started).toBeLessThan(2000);
    const golden = new URL(`${name}/expected.txt`, folder);
    if (process.env['UPDATE_GOLDENS'] === '1') writeFileSync(golden, said);
    expect(said).toBe(readFileSync(golden, 'utf8'));
  });
});
