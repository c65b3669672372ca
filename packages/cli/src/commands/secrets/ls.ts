// `i2kit secrets ls`: lists secrets of an environment and references to them; never their values.
import type { CompileOptions, Plan } from '@i2kit/compiler';
import { readCompileInput, regionOf } from '../../compileInput.ts';
import type { Command, Context } from '../../context.ts';
import { exit } from '../../exit.ts';
import { hasManifestFlags } from '../../input/sources.ts';
import { hasErrors, reportDiagnostics } from '../../output/diagnostics.ts';
import type { SecretReferences } from '../../ports/aws.ts';
import { awsFlags, inputFlags, stackNameFlags } from '../shared/flagGroups.ts';
import { selectEnvironmentStack } from '../shared/selectStack.ts';

export const secretsLs: Command = {
  usage: 'secrets ls [-f FILE …]',
  summary: 'List secrets of an environment; with manifests, also the referenced and the missing ones',
  flags: [...inputFlags, ...stackNameFlags, 'lock', 'output', ...awsFlags],
  outputFormats: ['json'],
  examples: [
    ['secrets ls --env prod', 'All secrets of an environment'],
    ['secrets ls -f manifests/', 'Also the secrets that the manifests reference, existing or not'],
  ],
  run,
};

async function run(context: Context) {
  const { io } = context;
  const aws = () => context.aws();
  if (!hasManifestFlags(context)) {
    const named = await selectEnvironmentStack(context);
    if (!named.ok) return named.problems[0];
    const { foundationOf: env, region } = named.value;
    return (await aws()).listSecrets(context, { env, region, referring: {} });
  }
  const prepared = await readCompileInput(context);
  const { compiler, sources, texts, options } = prepared;
  const result = options && compiler.compile(sources, options);
  const problems = [...prepared.problems, ...(result?.diagnostics ?? [])].filter(
    ({ severity }) => severity === 'error',
  );
  reportDiagnostics(context, compiler, problems, texts);
  if (!options || !result?.ok || hasErrors(problems)) return exit.input;
  const referring = secretReferences(result.plan, options);
  return (await aws()).listSecrets(context, { env: options.env, region: regionOf(io, options), referring });
}

function secretReferences({ groups }: Plan, { env, lock }: CompileOptions): SecretReferences {
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
