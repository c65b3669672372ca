// Looks up known vulnerabilities of everything that is locked: npm's advisories by `npm audit`, Go's by govulncheck, which
// reports the calls that reach one.
//
//     npm run audit
//
// Needs the registries. Where the registry has no advisories, or Go's database cannot be reached, the report says so;
// govulncheck then reads the same database as a module (golang.org/x/vulndb). Exit code 1: something was found.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const govulncheck = 'golang.org/x/vuln/cmd/govulncheck@v1.9.0';
const say = (line) => process.stdout.write(`${line}\n`);

const run = (command, args, cwd = root, env = {}) =>
  spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 2 ** 28, env: { ...process.env, ...env } });

/** Undefined if the registry answers no question about advisories. */
function auditNpm(folder) {
  const { stdout } = run('npm', ['audit', '--json', '--package-lock-only'], join(root, folder));
  const { metadata, vulnerabilities = {}, message } = JSON.parse(stdout || '{}');
  if (metadata === undefined) {
    say(`npm audit, ${folder}: not known, as the registry gave no advisories (${String(message).split(' - ')[0]})`);
    return undefined;
  }
  const names = Object.values(vulnerabilities).map(({ name, severity }) => `${name} (${severity})`);
  say(
    `npm audit, ${folder}: ${metadata.dependencies.total} packages, ${names.length} with advisories ${names.join(', ')}`,
  );
  return names;
}

/**
 * Go's database as files, from its module: an index of the modules, and one file for each entry
 * (https://go.dev/doc/security/vuln/database#api).
 */
function moduleDatabase() {
  const { stdout, stderr, status } = run('go', ['mod', 'download', '-json', 'golang.org/x/vulndb@latest']);
  if (status !== 0) throw new Error(`golang.org/x/vulndb could not be downloaded: ${stderr || stdout}`);
  const { Dir, Version } = JSON.parse(stdout);
  const target = join(root, '.cache/vulndb');
  rmSync(target, { recursive: true, force: true });
  mkdirSync(join(target, 'ID'), { recursive: true });
  mkdirSync(join(target, 'index'));
  const modules = new Map();
  const files = readdirSync(join(Dir, 'data/osv')).filter((name) => name.endsWith('.json'));
  let modified = '';
  for (const name of files) {
    const text = readFileSync(join(Dir, 'data/osv', name), 'utf8');
    const entry = JSON.parse(text);
    writeFileSync(join(target, 'ID', name), text);
    if (entry.modified > modified) modified = entry.modified;
    for (const {
      package: { name: path },
      ranges = [],
    } of entry.affected ?? []) {
      const fixed = ranges.flatMap(({ events = [] }) => events.flatMap((event) => event.fixed ?? [])).at(-1);
      modules.set(path, [
        ...(modules.get(path) ?? []),
        { id: entry.id, modified: entry.modified, ...(fixed && { fixed }) },
      ]);
    }
  }
  const index = [...modules].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, vulns]) => ({ path, vulns }));
  writeFileSync(join(target, 'index/modules.json'), JSON.stringify(index));
  writeFileSync(join(target, 'index/db.json'), JSON.stringify({ modified }));
  say(`govulncheck: ${files.length} entries of golang.org/x/vulndb ${Version}`);
  return pathToFileURL(target).href;
}

/** The toolchain that go.mod asks for: its standard library is part of the agent. */
const [, toolchain = 'auto'] =
  /^toolchain (\S+)/m.exec(readFileSync(join(root, 'packages/agent/go.mod'), 'utf8')) ?? [];

const check = (words) =>
  run('go', ['run', govulncheck, '-format', 'json', ...words, './...'], join(root, 'packages/agent'), {
    GOTOOLCHAIN: toolchain,
  });

/** govulncheck writes one JSON object after another. */
const messagesOf = (text) =>
  text
    .split(/\n(?=\{)/)
    .filter((each) => each.trim() !== '')
    .map((each) => JSON.parse(each));

function auditGo() {
  const first = check([]);
  const isUnreachable =
    first.status !== 0 && /vuln\.go\.dev|dial tcp|no such host|proxyconnect|timeout/i.test(first.stderr);
  if (isUnreachable)
    say(
      `govulncheck: Go's database cannot be reached: ${first.stderr.split('\n').find((line) => line.includes('vuln.go.dev')) ?? first.stderr}`,
    );
  const { stdout, stderr, status } = isUnreachable ? check(['-db', moduleDatabase()]) : first;
  if (status !== 0) throw new Error(`govulncheck failed: ${stderr}`);
  const findings = messagesOf(stdout).flatMap(({ finding }) => finding ?? []);
  // The trace of a finding ends at the vulnerable symbol; a shorter one knows the package or the module only.
  const reached = findings.filter(({ trace }) => trace.at(0)?.function !== undefined);
  const idsOf = (list) => [...new Set(list.map(({ osv }) => osv))];
  const idle = idsOf(findings).filter((id) => !idsOf(reached).includes(id));
  say(`govulncheck, packages/agent with ${toolchain}: ${idsOf(reached).length} reached ${idsOf(reached).join(', ')}`);
  say(`govulncheck, packages/agent: ${idle.length} in required modules that are not called ${idle.join(', ')}`);
  return idsOf(reached);
}

const lockFolders = run('git', ['ls-files', '*package-lock.json'])
  .stdout.split('\n')
  .filter(Boolean)
  .map((file) => file.replace(/\/?package-lock\.json$/, '') || '.');
const found = [...lockFolders.flatMap((folder) => auditNpm(folder) ?? []), ...auditGo()];
process.exitCode = found.length > 0 ? 1 : 0;
