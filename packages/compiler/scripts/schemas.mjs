// Prunes the OpenAPI of one Kubernetes release to what our kinds use; a maintainer runs it to move to a new release.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const VERSION = 'v1.36.3';
// The Go checksum of the module, so that two maintainers prune the same text.
const SUM = 'h1:qDQdoMiluAE2Eab6Fa52YV+WjiGz9mZFFoagEA6cI+o=';

/** API group version (as the OpenAPI files are named) to the kinds that we read from it. */
const KINDS = {
  'api/v1':
    'Pod ReplicationController Service ConfigMap Secret ServiceAccount Namespace PersistentVolumeClaim PersistentVolume ResourceQuota LimitRange',
  'apis/apps/v1': 'Deployment StatefulSet DaemonSet ReplicaSet',
  'apis/batch/v1': 'Job CronJob',
  'apis/networking.k8s.io/v1': 'Ingress IngressClass NetworkPolicy',
  'apis/autoscaling/v2': 'HorizontalPodAutoscaler',
  'apis/policy/v1': 'PodDisruptionBudget',
  'apis/storage.k8s.io/v1': 'StorageClass',
};

/** The definitions that OpenAPI can only say loosely; the format tells our validators and types what they are. */
const SCALARS = {
  Quantity: { type: ['string', 'number'], format: 'quantity' },
  IntOrString: { type: ['integer', 'string'], format: 'int-or-string' },
  Time: { type: 'string', format: 'date-time' },
};

const KEPT = ['type', 'format', 'enum', 'x-kubernetes-list-type', 'x-kubernetes-list-map-keys'];

const sources = {}; // full OpenAPI name -> schema
const definitions = {}; // short name -> pruned schema
const fullNames = {}; // short name -> full OpenAPI name, to notice two that would share a short one
const descriptions = {};

const shortName = (ref) => ref.slice(ref.lastIndexOf('.') + 1);

/** Go's zero values say nothing ("" for every required string); a default that means something is never one of them. */
const isZero = (value) => value === '' || value === 0 || value === false || typeof value === 'object';

/** An abbreviation ("e.g. ") ends no sentence, and "Required." alone says nothing. */
const firstSentence = (text) => {
  const line = text
    .replace(/^(Required|Optional|Deprecated)[.:] /, '')
    .split(/\n\s*\n/)[0]
    .replace(/\s+/g, ' ');
  return (/^.*?(?<!\b(?:e\.g|i\.e|etc|vs))[.](?=\s|$)/.exec(line)?.[0] ?? line).replace(/ More info:.*/, '').trim();
};

function prune(schema) {
  const ref = schema.$ref ?? schema.allOf?.[0]?.$ref;
  const out = ref ? { $ref: `#/definitions/${reach(ref.split('/').at(-1))}` } : {};
  if (!ref) for (const key of KEPT) if (key in schema) out[key] = schema[key];
  if ('default' in schema && !isZero(schema.default)) out.default = schema.default;
  if (schema.items) out.items = prune(schema.items);
  if (typeof schema.additionalProperties === 'object') out.additionalProperties = prune(schema.additionalProperties);
  return out;
}

/** Adds a definition and all that it refers to, and returns its short name. */
function reach(full) {
  const name = shortName(full);
  if (name in fullNames) {
    if (fullNames[name] !== full) throw new Error(`${full} and ${fullNames[name]} are both called ${name}`);
    return name;
  }
  fullNames[name] = full;
  if (name in SCALARS) {
    definitions[name] = SCALARS[name];
    return name;
  }
  const source = sources[full];
  if (!source?.properties) throw new Error(`${full} is no object`);
  const properties = {};
  for (const [key, schema] of Object.entries(source.properties).sort(byKey)) {
    const to = schema.$ref ?? schema.allOf?.[0]?.$ref ?? '';
    // Fields that the cluster writes are accepted (they are in the output of `kubectl get -o yaml` , but never read.
    if (key === 'status' && to.endsWith('Status')) properties[key] = { type: 'object' };
    else if (full.endsWith('.ObjectMeta') && key === 'managedFields') properties[key] = { type: 'array' };
    else properties[key] = prune(schema);
    // Go holds this object by value: an absent one reads as an empty one, and is in every output.
    if (to && properties[key].$ref && JSON.stringify(schema.default) === '{}' && !(shortName(to) in SCALARS))
      properties[key].default = {};
    if (schema.description) descriptions[`${name}.${key}`] = firstSentence(schema.description);
  }
  definitions[name] = { type: 'object', properties, ...(source.required && { required: source.required }) };
  if (source.description) descriptions[name] = firstSentence(source.description);
  return name;
}

function byKey([a], [b]) {
  return a < b ? -1 : 1;
}

/** One member a line: small, and a new release is still a diff that can be read. */
const lines = (object) =>
  `{\n${Object.entries(object)
    .sort(byKey)
    .map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`)
    .join(',\n')}\n}`;

const answer = execFileSync('go', ['mod', 'download', '-json', `k8s.io/kubernetes@${VERSION}`], {
  cwd: tmpdir(),
  encoding: 'utf8',
});
const { Dir, Sum } = JSON.parse(answer);
if (Sum !== SUM) throw new Error(`k8s.io/kubernetes@${VERSION} has the checksum ${Sum}, not ${SUM}`);

const groups = Object.keys(KINDS);
for (const group of groups) {
  const file = join(Dir, 'api/openapi-spec/v3', `${group.replaceAll('/', '__')}_openapi.json`);
  Object.assign(sources, JSON.parse(readFileSync(file, 'utf8')).components.schemas);
}
const kinds = {};
for (const group of groups) {
  const apiVersion = group.replace(/^apis?\//, '');
  for (const kind of KINDS[group].split(' ')) {
    const full = Object.keys(sources).find((name) =>
      sources[name]['x-kubernetes-group-version-kind']?.some(
        (of) => of.kind === kind && (of.group ? `${of.group}/${of.version}` : of.version) === apiVersion,
      ),
    );
    if (!full) throw new Error(`no ${kind} in ${group}`);
    kinds[reach(full)] = apiVersion;
  }
}

const folder = join(import.meta.dirname, '../schema');
writeFileSync(
  join(folder, 'kubernetes.json'),
  `{"version":${JSON.stringify(VERSION)},\n"kinds":${lines(kinds)},\n"definitions":${lines(definitions)}}\n`,
);
writeFileSync(join(folder, 'descriptions.json'), `${lines(descriptions)}\n`);
