// Judges regular expressions by recheck: its native program where npm has one for this system, else its JavaScript.
// Neither asks a service. Input on stdin: [{ source, flags }]; output: for each { status, complexity }, where complexity
// is "safe", "linear", "2nd degree polynomial", "exponential", or the reason why there is no verdict.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(join(process.argv[2], 'package.json'));
process.env.RECHECK_BACKEND = hasNativeProgram() ? 'native' : 'pure';
const { check } = require('recheck');

/** The automaton decides exactly; it cannot read back references and look-around, for which a seeded search stands in. */
const settings = { timeout: 30_000, checker: 'auto', randomSeed: 1 };

function hasNativeProgram() {
  const system = { darwin: 'macos', linux: 'linux', win32: 'windows' }[process.platform];
  try {
    require.resolve(`recheck-${system}-${process.arch}/package.json`);
    return true;
  } catch {
    return false;
  }
}

const judged = [];
for (const { source, flags } of JSON.parse(readFileSync(0, 'utf8'))) {
  const { status, complexity, error } = await check(source, flags, settings);
  judged.push({ status, complexity: complexity?.summary ?? complexity?.type ?? error?.kind ?? 'unknown' });
}
// The native program keeps the process alive.
process.stdout.write(JSON.stringify(judged), () => process.exit(0));
