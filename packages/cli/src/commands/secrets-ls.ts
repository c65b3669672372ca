// `i2kit secrets ls`: which secrets an environment has, and which of them manifests refer to; never their values.
import type { CompileOptions, Plan } from '@i2kit/compiler';
import type { Referring } from '../aws-ports.ts';
import type { Command, Context } from '../context.ts';
import { exit } from '../exit.ts';
import { namesManifests } from '../input/sources.ts';
import { environment } from '../named.ts';
import { failed, report } from '../output/report.ts';
import { prepare, regionOf } from '../prepare.ts';
import { account, input, naming } from './shared.ts';

export const secretsLs: Command = {
  usage: 'secrets ls [-f FILE …]',
  summary: 'List the secrets of an environment; with manifests, which are referred to, and which are missing',
  flags: [...input, ...naming, 'lock', 'output', ...account],
  outputs: ['json'],
  examples: [
    ['secrets ls --env prod', 'All of an environment'],
    ['secrets ls -f manifests/', 'With those that the manifests refer to, there or not'],
  ],
  run,
};

async function run(context: Context) {
  const { io } = context;
  const aws = () => context.aws();
  if (!namesManifests(context)) {
    const named = await environment(context);
    return named ? (await aws()).listSecrets(context, { env: named.foundationOf, region: named.region, referring: {} }) : exit.input;
  }
  const prepared = await prepare(context);
  const { compiler, sources, texts, options } = prepared;
  const result = options && compiler.compile(sources, options);
  const problems = [...prepared.problems, ...(result?.diagnostics ?? [])].filter(({ severity }) => severity === 'error');
  report(context, compiler, problems, texts);
  if (!options || !result?.ok || failed(problems)) return exit.input;
  const referring = referringIn(result.plan, options);
  return (await aws()).listSecrets(context, { env: options.env, region: regionOf(io, options), referring });
}

function referringIn({ groups }: Plan, { env, lock }: CompileOptions): Referring {
  const found = new Map<string, string[]>();
  for (const { key, secrets } of groups) {
    for (const { namespace, name, optional } of secrets) {
      const whole = `i2kit/${env}/${namespace}/${name}`;
      found.set(whole, [...(found.get(whole) ?? []), optional ? `${key} (optional)` : key]);
    }
  }
  return Object.fromEntries(
    [...found].map(([name, by]) => {
      const locked = lock?.secrets?.[name];
      return [name, { by, ...(locked !== undefined && { locked }) }];
    }),
  );
}
