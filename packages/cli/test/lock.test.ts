// i2kit.lock.json: where it is, when it is written, and when that is refused.
import { i2kit, manifest } from './harness.ts';

const db = manifest('StatefulSet', 'db', { zone: 'eu-west-1a' });
const key = 'PersistentVolumeClaim/default/db';
const written = `{\n  "version": 1,\n  "zones": {\n    "${key}": "eu-west-1a"\n  }\n}\n`;

test('--write-lock writes the decisions beside the configuration', async () => {
  const files = { 'db.yaml': db, 'ops/i2kit.yaml': 'app: shop' };
  expect((await i2kit(['synth', '-f', 'db.yaml', '--write-lock'], { files })).read('i2kit.lock.json')).toBe(written);
  expect(
    (await i2kit(['synth', '-f', 'db.yaml', '--write-lock', '--config', 'ops/i2kit.yaml'], { files })).read('ops/i2kit.lock.json'),
  ).toBe(written);
  expect((await i2kit(['synth', '-f', 'db.yaml', '--write-lock', '--lock', 'other.json'], { files })).read('other.json')).toBe(written);
});

test('nothing is written unasked, and nothing by validate', async () => {
  expect((await i2kit(['synth', '-f', 'db.yaml', '-d', '.'], { files: { 'db.yaml': db } })).read('i2kit.lock.json')).toBeUndefined();
  expect((await i2kit(['validate', '-f', 'db.yaml', '--write-lock'], { files: { 'db.yaml': db } })).code).toBe(2);
});

test('--frozen-lock takes a lock that stays as it is', async () => {
  const files = { 'db.yaml': db, 'i2kit.lock.json': `{"zones":{"${key}":"eu-west-1a"},"version":1,"secrets":{}}` };
  expect((await i2kit(['synth', '-f', 'db.yaml', '--frozen-lock'], { files })).code).toBe(0);
});

test.each(['synth', 'validate'])('%s --frozen-lock fails where a decision is new, and says which', async (command) => {
  const { code, stderr } = await i2kit([command, '-f', 'db.yaml', '--frozen-lock'], { files: { 'db.yaml': db } });
  expect(code).toBe(2);
  expect(stderr).toContain(`error[I2K734] i2kit.lock.json the lock would change: zones ${key} = eu-west-1a`);
});

test('--write-lock and --frozen-lock exclude each other', async () => {
  expect((await i2kit(['synth', '-f', '.', '--write-lock', '--frozen-lock'])).code).toBe(2);
});

test.each([
  ['{"version": 2}', "i2kit.lock.json:1:13 'version' must be 1"],
  ['{}', "i2kit.lock.json:1:1 the lock lacks 'version'"],
  ['{"version": 1,\n "zone": {}}', "i2kit.lock.json:2:2 there is no setting 'zone'\n  did you mean zones?"],
  ['{"version": 1, "zones": {"a": "here"}}', "'zones.a' has a value that it cannot have"],
  ['{"version": 1,', 'i2kit.lock.json:1:1'],
  ['{\n<<<<<<< HEAD\n"version": 1}', 'i2kit.lock.json:2:1 the file holds a merge conflict'],
])('%j is refused at its place', async (text, said) => {
  const { code, stderr } = await i2kit(['synth', '-f', 'db.yaml'], { files: { 'db.yaml': db, 'i2kit.lock.json': text } });
  expect(code).toBe(2);
  expect(stderr).toContain('error[I2K733] ');
  expect(stderr).toContain(said);
});

test('a lock that is named has to be there, unless it is to be written', async () => {
  expect((await i2kit(['synth', '-f', 'db.yaml', '--lock', 'no.json'], { files: { 'db.yaml': db } })).stderr).toContain(
    'error[I2K720] no.json',
  );
});
