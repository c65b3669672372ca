// Runs the security judges on all goldens, and compares their findings with the exceptions. A report is kept in .cache by
// the content of the goldens and the judge's version.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { exactRules, type SecurityException } from './securityExceptions.ts';

const root = new URL('../..', import.meta.url).pathname;

export interface SecurityFinding {
  readonly rule: string;
  /** `<folder of templates/>/<logical id>` */
  readonly resource: string;
}

/** Paths of all goldens. */
export const goldenFiles = (): readonly string[] =>
  readdirSync(join(root, 'templates'), { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.template.json'))
    .sort()
    .map((name) => join(root, 'templates', name));

export const resourceName = (template: string, logicalId: string): string =>
  `${basename(dirname(template))}/${logicalId}`;

/** `make` is called only if no report of these goldens by this judge is known. */
export async function keptReport<T>(
  judge: string,
  versionFiles: readonly string[],
  make: () => Promise<T>,
): Promise<T> {
  const hash = createHash('sha256');
  for (const file of [...versionFiles, ...goldenFiles()])
    hash.update(`${file.replace(root, '')}\n`).update(readFileSync(file));
  const file = join(root, '.cache/reports', `${judge}-${hash.digest('hex').slice(0, 32)}.json`);
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch {
    const report = await make();
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(report));
    return report;
  }
}

/** Standard output of a judge, which may say by its exit code that it has findings. */
export const runJudge = (
  command: string,
  args: readonly string[],
  input = '',
  env: NodeJS.ProcessEnv = process.env,
): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = execFile(command, args, { maxBuffer: 2 ** 27, env }, (error, stdout, stderr) =>
      stdout === '' ? reject(new Error(stderr || error?.message)) : resolve(stdout),
    );
    child.stdin?.end(input);
  });

const isMatch = (pattern: string, name: string): boolean => {
  const parts = pattern.split('*').map((part) => part.replace(/[.+^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(name);
};

/** Findings that no exception covers, and exceptions that no finding needs; `mine` tells the rules of the judge. */
export function openFindings(
  findings: readonly SecurityFinding[],
  exceptions: readonly SecurityException[],
  mine: (rule: string) => boolean,
): readonly string[] {
  const needed = new Set<string>();
  const open = findings.flatMap(({ rule, resource }) => {
    const covering = exceptions
      .filter(({ rules }) => rules.includes(rule))
      .flatMap(({ resources }) => resources.filter((pattern) => isMatch(pattern, resource)));
    for (const pattern of covering) needed.add(`${rule} ${pattern}`);
    return covering.length > 0 ? [] : [`${rule} ${resource}`];
  });
  const rows = exceptions.flatMap(({ rules, resources }) =>
    rules.filter(mine).flatMap((rule) => resources.map((pattern) => [rule, pattern] as const)),
  );
  return [
    ...open,
    ...rows.filter(([rule, pattern]) => !needed.has(`${rule} ${pattern}`)).map((row) => `not needed: ${row.join(' ')}`),
    ...rows
      .filter(([rule, pattern]) => exactRules.includes(rule) && pattern.includes('*'))
      .map((row) => `not exact: ${row.join(' ')}`),
  ];
}
