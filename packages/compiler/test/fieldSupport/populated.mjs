// The objects in which Kubernetes fills every field, of the API version that each of our kinds has: `apps.v1.Deployment.json` and
// so on, from the Go module k8s.io/api at the version of the schema. Fetched through the Go module proxy; undefined without Go.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const { version, kinds } = JSON.parse(readFileSync(new URL('../../schema/kubernetes.json', import.meta.url), 'utf8'));

/** k8s.io/api has the version of Kubernetes with a 0 in place of the 1. */
const MODULE = `k8s.io/api@${version.replace(/^v1\./, 'v0.')}`;

/** Kind -> object, or what stands in the way. */
export function populated(names) {
  const { status, stdout, stderr, error } = spawnSync('go', ['mod', 'download', '-json', MODULE], {
    cwd: tmpdir(),
    encoding: 'utf8',
  });
  if (error) return { lacking: 'Go is not here' };
  if (status !== 0) return { lacking: `${MODULE} cannot be fetched: ${stdout || stderr}` };
  const folder = join(JSON.parse(stdout).Dir, 'testdata/HEAD');
  return {
    objects: Object.fromEntries(
      names.map((kind) => [kind, JSON.parse(readFileSync(join(folder, fileOf(kind)), 'utf8'))]),
    ),
  };
}

function fileOf(kind) {
  const apiVersion = kinds[kind];
  const [group, of] = apiVersion.includes('/') ? apiVersion.split('/') : ['core', apiVersion];
  return `${group}.${of}.${kind}.json`;
}
