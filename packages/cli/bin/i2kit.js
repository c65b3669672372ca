#!/usr/bin/env node
// Loads the bundle with the code that V8 compiled of it before (CommonJS, because that starts fastest).
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const vm = require('node:vm');

const folder = path.join(__dirname, '..', 'dist');
const file = path.join(folder, 'i2kit.cjs');

function read(name, encoding) {
  try {
    return fs.readFileSync(name, encoding);
  } catch {
    return undefined;
  }
}

// esbuild writes ASCII, which is read fastest as latin1.
const text = read(file, 'latin1');
if (text === undefined) {
  process.stderr.write("i2kit is not built: run 'npm run build' first.\n");
  process.exit(70);
}

// The bundle's first line is a comment with its own hash.
const cache = `${file}.${text.slice(3, 19)}-${process.version}-${process.arch}.cache`;
const cachedData = read(cache);
const script = new vm.Script(`(function (exports, require, module, __filename, __dirname) {${text}\n})`, {
  filename: file,
  cachedData,
});
const bundle = { exports: {} };
script.runInThisContext()(bundle.exports, require, bundle, file, folder);

bundle.exports.run(folder).then((worthKeeping) => {
  // Other flags of Node's may reject a cache that is right for most: it is left as it is.
  if (cachedData !== undefined || !worthKeeping) return;
  const temporary = `${cache}.${process.pid}.tmp`;
  try {
    fs.writeFileSync(temporary, script.createCachedData());
    fs.renameSync(temporary, cache);
  } catch {
    // An install that cannot be written to starts a little slower.
    fs.rmSync(temporary, { force: true });
  }
});
