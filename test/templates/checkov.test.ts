// Runs checkov's security rules on every golden; findings stand in securityExceptions.ts, by resource and reason.
import { ensureCheckov } from '../../scripts/testTools.mjs';
import { pythonEnvironment } from '../awsEmulator/emulator.ts';
import { securityExceptions } from './securityExceptions.ts';
import { keptReport, openFindings, resourceName, runJudge, type SecurityFinding } from './securityJudges.ts';

interface Report {
  readonly results: {
    readonly failed_checks: readonly {
      readonly check_id: string;
      readonly file_path: string;
      /** `AWS::S3::Bucket.Bucket` */
      readonly resource: string;
    }[];
  };
  readonly summary: { readonly passed: number; readonly resource_count: number; readonly parsing_errors: number };
}

async function runCheckov(folder: string): Promise<Report> {
  const { checkov } = await ensureCheckov();
  const words = [
    '-d',
    folder,
    '--framework',
    'cloudformation',
    '-o',
    'json',
    '--quiet',
    '--compact',
    '--skip-download',
  ];
  return JSON.parse(await runJudge(checkov, words, '', pythonEnvironment())) as Report;
}

const findingsOf = ({ results }: Report): readonly SecurityFinding[] =>
  results.failed_checks.map(({ check_id, file_path, resource }) => ({
    rule: check_id,
    resource: resourceName(file_path, resource.split('.').at(-1) ?? ''),
  }));

const isCheckov = (rule: string) => rule.startsWith('CKV');

test('checkov finds nothing but the exceptions, and each exception is still needed', async () => {
  const version = new URL('../validators/requirements-checkov.txt', import.meta.url).pathname;
  const templates = new URL('../../templates', import.meta.url).pathname;
  const report = await keptReport('checkov', [version], () => runCheckov(templates));
  expect(report.summary.parsing_errors).toBe(0);
  expect(report.summary.passed).toBeGreaterThan(200);
  expect(openFindings(findingsOf(report), securityExceptions, isCheckov)).toEqual([]);
});

test('an internal security group that is open to everyone is no exception', () => {
  const opened = [{ rule: 'CKV_AWS_260', resource: 'voting/WorkerFirewall' }];
  expect(openFindings(opened, securityExceptions, () => false)).toEqual(['CKV_AWS_260 voting/WorkerFirewall']);
  expect(openFindings([], [{ rules: ['EC23'], resources: ['*/*'], reason: '' }], () => true)).toEqual([
    'not needed: EC23 */*',
    'not exact: EC23 */*',
  ]);
});
