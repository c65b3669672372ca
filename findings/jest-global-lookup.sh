#!/usr/bin/env bash
# jest 30.5.2 (jest-environment-node): the global object of a test file is a proxy behind an interceptor of node:vm, so each
# look-up of a global (`Math`, `Array`, `JSON`) costs many times as much as in a program. Seen with Node 20: 3 million
# iterations with three globals take 0.15 s in Node, 9.5 s in jest. A context made with `vm.constants.DONT_CONTEXTIFY`
# (Node 20.18) takes 0.12 s; a test environment can use one. Fails where jest is less than five times as slow.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund jest@30.5.2 >/dev/null

cat >work.js <<'JS'
module.exports = () => {
  const turns = () => {
    let sum = 0;
    for (let i = 0; i < 1_000_000; i++) if (Math.max(1, i) > 0 && !Array.isArray(i) && String(i) !== 'x') sum++;
    return sum;
  };
  turns();
  const began = process.cpuUsage().user;
  turns();
  return Math.round((process.cpuUsage().user - began) / 1000);
};
JS
echo "test('work', () => require('node:fs').writeFileSync('milliseconds', String(require('./work.js')())));" >a.test.js
program=$(node -p 'require("./work.js")()')
npx jest a.test.js >/dev/null 2>&1
echo "Node $(node --version): $program ms in a program, $(cat milliseconds) ms in jest"
[ "$(cat milliseconds)" -gt $((program * 5)) ]
