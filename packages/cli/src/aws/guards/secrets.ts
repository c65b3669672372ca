// Refuses an input whose Secrets are missing from the account, or lack the version in the lock.
import type { Diagnostic } from '@i2kit/compiler';
import { type SdkOptions, type SecretState, secretsAdapter } from '@i2kit/runner';
import type { Requirements } from '../../ports/aws.ts';

export async function checkSecrets(
  sdk: SdkOptions,
  { plan, options }: Pick<Requirements, 'plan' | 'options'>,
): Promise<readonly Diagnostic[]> {
  const required = plan.groups.flatMap(({ secrets }) => secrets).filter(({ optional }) => !optional);
  // One error per Secret, at its first reference.
  const first = new Map(
    required.toReversed().map((secret) => [`i2kit/${options.env}/${secret.namespace}/${secret.name}`, secret]),
  );
  if (first.size === 0) return [];
  const port = await secretsAdapter(sdk);
  try {
    const all = await Promise.all(
      [...first].map(async ([name, { origin }]): Promise<readonly Diagnostic[]> => {
        const problems = missingSecretProblems(name, await port.describe(name), options.lock?.secrets?.[name], {
          by: 'the lock file',
          hint: 'Lock the current version with `i2kit secrets push -f FILE`, or remove the line from the lock file.',
        });
        return problems.map((problem) => ({ ...problem, severity: 'error', ...origin }));
      }),
    );
    return all.flat();
  } finally {
    port.close();
  }
}

/** `named`: the place that names the version, and the way out if it is missing. */
export function missingSecretProblems(
  name: string,
  state: SecretState | undefined,
  version: string | undefined,
  named: { readonly by: string; readonly hint: string },
): readonly Pick<Diagnostic, 'code' | 'message' | 'hint'>[] {
  const hint = 'Push it with `i2kit secrets push -f FILE`.';
  if (!state) return [{ code: 'I2K760', message: `the account has no secret ${name}`, hint }];
  if (state.pendingDeletion) return [{ code: 'I2K760', message: `the secret ${name} is scheduled for deletion`, hint }];
  if (Object.keys(state.versions).length === 0)
    return [{ code: 'I2K760', message: `the secret ${name} has no value yet`, hint }];
  if (version === undefined || Object.hasOwn(state.versions, version)) return [];
  return [
    {
      code: 'I2K761',
      message: `the account has no version ${version} of the secret ${name}, which ${named.by} names`,
      hint: named.hint,
    },
  ];
}
