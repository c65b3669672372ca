#!/usr/bin/env bash
# jest 30.5.2 (jest-circus): every test file starts an AsyncLocalStorage and never disables it. Before Node 24 each of them is
# updated at every promise of the process, so promises become slower with each file that a worker has run.
# Seen with Node 20: 300,000 awaits take 0.2 s of processor time in a worker's first file, and 10 s after 150 trivial files.
# A test environment that disables the storages in its teardown avoids it. Fails where the last file is no longer slower.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund jest@30.5.2 >/dev/null

for i in $(seq 100 199); do echo "test('trivial', () => {});" >"a$i.test.js"; done
cat >z.test.js <<'JS'
test('awaits', async () => {
  const began = process.cpuUsage().user;
  for (let i = 0; i < 100_000; i++) await null;
  require('node:fs').writeFileSync('milliseconds', String(Math.round((process.cpuUsage().user - began) / 1000)));
});
JS
cat >sequencer.js <<'JS'
const { default: Sequencer } = require('@jest/test-sequencer');
module.exports = class extends Sequencer {
  sort(tests) {
    return [...tests].sort((a, b) => (a.path < b.path ? -1 : 1));
  }
};
JS
npx jest --runInBand z.test.js >/dev/null 2>&1
alone=$(cat milliseconds)
npx jest --runInBand --testSequencer=./sequencer.js >/dev/null 2>&1
last=$(cat milliseconds)
echo "Node $(node --version): 100,000 awaits take $alone ms alone, $last ms after 100 other files"
if [ "$(node -p 'process.versions.node.split(".")[0]')" -lt 24 ]; then [ "$last" -gt $((alone * 5)) ]; fi
