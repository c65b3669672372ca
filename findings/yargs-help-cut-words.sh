#!/usr/bin/env bash
# yargs 17.7.3: its two builds wrap help differently. The CommonJS build breaks lines between words; the ES module build,
# which every `import yargs from 'yargs'` gets, cuts words at the width, because its layout library has no word wrap.
# Seen at a width of 20: "alpha beta gamma del" and "ta epsilon zeta" in the ES module build, "delta" whole in the other.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund yargs@17.7.3 >/dev/null
text='alpha beta gamma delta epsilon zeta'
cat >module.mjs <<JS
import yargs from 'yargs';
console.log(await yargs([]).help(false).version(false).wrap(20).usage('$text').getHelp());
JS
cat >common.cjs <<JS
require('yargs/yargs')([]).help(false).version(false).wrap(20).usage('$text').getHelp().then(console.log);
JS
echo 'ES module:'; node module.mjs; echo 'CommonJS:'; node common.cjs
# Every word stands whole in the CommonJS build's lines, and not in the other one's.
whole() { tr ' ' '\n' | grep -xE 'alpha|beta|gamma|delta|epsilon|zeta' | wc -l | tr -d ' '; }
[ "$(node common.cjs | whole)" = 6 ]
[ "$(node module.mjs | whole)" -lt 6 ]
