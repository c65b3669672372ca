// The end of the demo: `env create`, `apply` and `destroy` of the example against the tests' AWS emulator.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureTestTools } from '../testTools.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const bin = join(root, 'packages/cli/bin/i2kit.js');

/** Values of the secrets that the example refers to. */
const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: db}\nstringData: {password: not-a-real-one}\n';

/** True if the emulator's packages are installed already: installing them takes a minute or more. */
export function emulatorInstalled() {
  const stamp = join(root, '.cache/judges/stamp');
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'test/validators/requirements.txt')))
    .digest('hex');
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
}

/** Returns the reason for skipping the demo, if any. Fails if i2kit fails. */
export async function emulated() {
  let peer;
  try {
    peer = await start((await ensureTestTools()).python);
  } catch (error) {
    return error.message;
  }
  const folder = mkdtempSync(join(tmpdir(), 'i2kit-demo-'));
  try {
    // The lock file that `apply` writes is not part of the example.
    cpSync(join(root, 'examples/voting'), folder, { recursive: true });
    const env = {
      ...process.env,
      AWS_ENDPOINT_URL: peer.endpoint,
      AWS_ACCESS_KEY_ID: '123456789012',
      AWS_SECRET_ACCESS_KEY: 'none',
    };
    delete env.AWS_PROFILE;
    const i2kit = (shown, ...args) => {
      console.log(`\nEMULATED $ i2kit ${args.join(' ')}`);
      const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
        cwd: folder,
        env,
        encoding: 'utf8',
        input: secret,
      });
      if (status !== 0) {
        process.stderr.write(stderr);
        process.exit(status ?? 1);
      }
      const lines = `${stderr}${stdout}`.split('\n').filter((line) => shown.test(line));
      for (const line of lines) console.log(`  ${line}`);
    };
    i2kit(/changes$|COMPLETE\.$|^Bucket/, 'env', 'create', '--yes', '--public-zone-id', await zone(peer.endpoint));
    i2kit(/^created/, 'secrets', 'push', '-f', '-');
    i2kit(/changes$|^ {2}\S+\/|CREATE \d|COMPLETE\.$|Url/, 'apply', '-f', '.', '--yes');
    i2kit(/./, 'status');
    i2kit(/nothing to do|Url/, 'apply', '-f', '.', '--yes');
    i2kit(/deleted,|DESTROY|RETAIN|COMPLETE\.$/, 'destroy', '--yes');
    i2kit(/deleted,|DESTROY|RETAIN|COMPLETE\.$/, 'env', 'destroy', '--yes');
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
    peer.stop();
  }
}

function start(python) {
  const { PYTHONDONTWRITEBYTECODE: _, ...inherited } = process.env;
  const env = { ...inherited, PYTHONPYCACHEPREFIX: join(root, '.cache/pycache') };
  const child = spawn(python, [join(root, 'test/awsEmulator/server/peer.py'), '--with-parent'], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env,
  });
  return new Promise((resolve, reject) => {
    let said = '';
    const stop = () => child.kill('SIGKILL');
    const timer = setTimeout(() => {
      stop();
      reject(new Error('the local AWS endpoint did not start within a minute'));
    }, 60_000);
    child.on('error', reject);
    child.on('exit', () => reject(new Error('the local AWS endpoint ended at once')));
    child.stdout.on('data', (chunk) => {
      said += chunk;
      const port = /"port": (\d+)/.exec(said)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve({ endpoint: `http://127.0.0.1:${port}`, stop });
    });
  });
}

/** A hosted zone for public names, as an account would have. */
async function zone(endpoint) {
  const { Route53Client, CreateHostedZoneCommand } = await import('@aws-sdk/client-route-53');
  const credentials = { accessKeyId: '123456789012', secretAccessKey: 'none' };
  const client = new Route53Client({ endpoint, region: 'eu-west-1', credentials });
  const { HostedZone } = await client.send(
    new CreateHostedZoneCommand({ Name: 'example.com', CallerReference: 'demo' }),
  );
  client.destroy();
  return HostedZone.Id.replace('/hostedzone/', '');
}
