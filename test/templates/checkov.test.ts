// Runs checkov's security rules on every golden; findings stand in a list of exceptions, each with its reason.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { ensureCheckov } from '../../scripts/testTools.mjs';
import { pythonEnvironment } from '../awsEmulator/emulator.ts';

interface Report {
  readonly results: {
    readonly failed_checks: readonly {
      readonly check_id: string;
      readonly check_name: string;
      readonly resource: string;
    }[];
  };
  readonly summary: { readonly passed: number; readonly resource_count: number; readonly parsing_errors: number };
}

const exceptions = JSON.parse(readFileSync(new URL('checkov-exceptions.json', import.meta.url), 'utf8')) as Record<
  string,
  string
>;

test('checkov finds nothing but the exceptions, and each exception is still needed', async () => {
  const { checkov } = await ensureCheckov();
  const templates = new URL('../../templates', import.meta.url).pathname;
  const args = [
    '-d',
    templates,
    '--framework',
    'cloudformation',
    '-o',
    'json',
    '--quiet',
    '--compact',
    '--skip-download',
  ];
  const { stdout, stderr } = spawnSync(checkov, args, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: pythonEnvironment(),
  });
  const report = JSON.parse(stdout || `"${stderr}"`) as Report;
  expect(report.summary.parsing_errors).toBe(0);
  expect(report.summary.passed).toBeGreaterThan(200);
  const found = report.results.failed_checks;
  expect(
    found
      .filter(({ check_id }) => exceptions[check_id] === undefined)
      .map(({ check_id, check_name, resource }) => [check_id, check_name, resource]),
  ).toEqual([]);
  const needed = new Set(found.map(({ check_id }) => check_id));
  expect(Object.keys(exceptions).filter((id) => !needed.has(id))).toEqual([]);
});
