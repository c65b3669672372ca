// Runs cfn-lint on templates: one call for all of them, as starting it takes most of its time.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ensureTestTools } from '../../scripts/testTools.mjs';
import { region } from '../awsEmulator/clients.ts';
import { pythonEnvironment } from '../awsEmulator/emulator.ts';

export interface Finding {
  /** The name that the template was given under. */
  readonly template: string;
  readonly level: 'Error' | 'Warning' | 'Informational';
  /** cfn-lint's rule id, e.g. E3012. */
  readonly rule: string;
  readonly message: string;
  /** Path in the template, e.g. ['Resources', 'Api', 'Properties', 'Port']. */
  readonly path: readonly (string | number)[];
}

interface CfnLintMatch {
  readonly Filename: string;
  readonly Level: Finding['level'];
  readonly Location: { readonly Path: readonly (string | number)[] | null };
  readonly Message: string;
  readonly Rule: { readonly Id: string };
}

/** cfn-lint's findings in the templates, by name. */
export async function runCfnLint(templates: Readonly<Record<string, object>>): Promise<Finding[]> {
  const names = Object.keys(templates);
  if (names.length === 0) return [];
  const { cfnLint: command } = await ensureTestTools();
  const directory = await mkdtemp(join(tmpdir(), 'i2kit-cfn-lint-'));
  try {
    // Names may contain characters that a file name cannot.
    const files = names.map((_, index) => join(directory, `${index}.json`));
    await Promise.all(
      files.map((file, index) => writeFile(file, JSON.stringify(templates[names[index] as string], null, 1))),
    );
    const matches = await runJson(command, ['-r', region, '-f', 'json', '--', ...files]);
    return matches.map((match) => ({
      template: names[Number.parseInt(basename(match.Filename), 10)] as string,
      level: match.Level,
      rule: match.Rule.Id,
      message: match.Message,
      path: match.Location.Path ?? [],
    }));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** One line per finding, for an assertion's message. */
export function findingLines(findings: readonly Finding[]): string[] {
  return findings.map(
    (finding) => `${finding.template}: ${finding.rule} ${finding.path.join('/')}: ${finding.message}`,
  );
}

function runJson(command: string, args: string[]): Promise<CfnLintMatch[]> {
  return new Promise((resolve, reject) => {
    execFile(command, args, { env: pythonEnvironment(), maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      // The status is a set: 2 errors, 4 warnings, 8 informational. Anything else is cfn-lint's own failure.
      const status = error ? Number(error.code) : 0;
      if (Number.isInteger(status) && (status & ~14) === 0) {
        try {
          return resolve(JSON.parse(stdout.trim() || '[]'));
        } catch {}
      }
      reject(new Error(`cfn-lint failed (${error?.code ?? 0}):\n${(stderr || stdout).slice(-4000)}`));
    });
  });
}
