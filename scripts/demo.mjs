// Demonstrates i2kit without an account: compiles examples/voting, shows the result, and deploys it to an emulated
// AWS.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { emulated, emulatorInstalled } from './demo/emulated.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const example = join(root, 'examples/voting');
const out = join(root, '.cache/demo');
mkdirSync(out, { recursive: true });

const i2kit = (...args) => {
  console.log(`\n$ i2kit ${args.map((arg) => relativeTo(arg)).join(' ')}`);
  const { status } = spawnSync(process.execPath, [join(root, 'packages/cli/bin/i2kit.js'), ...args], {
    cwd: example,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
};
const relativeTo = (arg) => (arg.startsWith(root) ? relative(example, arg) : arg);

console.log(
  'Five workloads in the manner of the well-known voting app, in examples/voting, become one CloudFormation stack.',
);
i2kit('synth', '-f', '.', '-d', out);

const template = JSON.parse(readFileSync(join(out, 'default-voting.template.json'), 'utf8'));
const byObject = new Map();
for (const [id, { Type, Metadata }] of Object.entries(template.Resources)) {
  const object = Metadata['i2kit:origin'].split('#')[0];
  byObject.set(object, [...(byObject.get(object) ?? []), { id, type: Type.replace('AWS::', '') }]);
}
console.log('\nWhat each object became:\n');
for (const [object, resources] of byObject) {
  console.log(`  ${object}`);
  const kinds = new Map();
  for (const { type } of resources) kinds.set(type, (kinds.get(type) ?? 0) + 1);
  console.log(`    ${[...kinds].map(([type, count]) => (count > 1 ? `${count} × ${type}` : type)).join(', ')}`);
}
console.log(`\n${Object.keys(template.Resources).length} resources; outputs:`);
for (const [name, { Value }] of Object.entries(template.Outputs))
  console.log(`  ${name}  ${typeof Value === 'string' ? Value : JSON.stringify(Value)}`);

i2kit('env', 'synth', '-d', out);
i2kit('explain', 'Deployment.spec.strategy.type');
console.log(`\nThe templates are in ${relative(process.cwd(), out) || out}; nothing was sent anywhere.`);

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
if (process.argv.includes('--no-emulated')) {
  console.log('\nThe EMULATED part is left out, as it was asked for.');
} else {
  console.log(
    '\nWhat follows is EMULATED: the endpoint of our tests (ministack) on this machine, no account, no machine, no cost.',
  );
  if (!emulatorInstalled())
    console.log(
      'Its Python packages are installed first, once: a minute or more. `npm run demo -- --no-emulated` leaves it out.',
    );
  const missing = await emulated();
  if (missing !== undefined) console.log(`\nThe EMULATED part is left out: ${missing}`);
}
