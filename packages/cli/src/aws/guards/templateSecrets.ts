// Refuses a template without its input whose machines read Secrets that the account lacks.
import type { Diagnostic } from '@i2kit/compiler';
import { type EnvironmentBucket, printable, type SdkOptions, secretsAdapter } from '@i2kit/runner';
import type { Context } from '../../context.ts';
import { diagnosticAt } from '../../diagnostic.ts';
import type { SecretReference } from '../../ports/review.ts';
import { parseTemplate } from '../../review/guards.ts';
import type { NamedTemplate } from './dnsNames.ts';
import { missingSecretProblems } from './secrets.ts';

interface TemplateSource {
  readonly source: string;
  /** The environment's bucket, which holds large payloads. */
  bucket(): Promise<EnvironmentBucket | undefined>;
}

export async function checkTemplateSecrets(
  context: Context,
  sdk: SdkOptions,
  stacks: readonly NamedTemplate[],
  { source, bucket }: TemplateSource,
): Promise<readonly Diagnostic[]> {
  const all = await Promise.all(stacks.map(({ template }) => readReferences(context, template, bucket)));
  const required = all.flat().filter(({ optional }) => !optional);
  // One error per Secret and version.
  const distinct = [...new Map(required.map((each) => [`${each.name} ${each.version ?? ''}`, each])).values()];
  if (distinct.length === 0) return [];
  const port = await secretsAdapter(sdk);
  try {
    const found = await Promise.all(
      distinct.map(async ({ name, version, object }): Promise<readonly Diagnostic[]> => {
        const problems = missingSecretProblems(name, await port.describe(name), version, {
          by: source,
          hint: 'Apply the manifests instead: they use the current version.',
        });
        return problems.map(({ code, message, hint }) =>
          diagnosticAt(code, `${message} (${object})`, { source, ...(hint !== undefined && { hint }) }),
        );
      }),
    );
    return found.flat();
  } finally {
    port.close();
  }
}

/** Also from payloads in the bucket; warns of those that cannot be read. */
async function readReferences(
  { io, reviewer }: Context,
  text: string,
  bucket: TemplateSource['bucket'],
): Promise<readonly SecretReference[]> {
  const { secretReferencesIn } = await reviewer();
  const template = parseTemplate(text);
  const known = secretReferencesIn(template);
  if (known.missing.length === 0) return known.references;
  const store = await bucket();
  const payloads = new Map<string, Uint8Array>();
  try {
    for (const { key, sha256 } of known.missing) {
      const bytes = await store?.getAsset(key, sha256);
      if (bytes) payloads.set(sha256, bytes);
    }
  } finally {
    store?.close();
  }
  const { references, missing } = secretReferencesIn(template, payloads);
  for (const { key } of missing)
    io.stderr.write(
      `warning: Cannot read the payload ${printable(key)}, so the Secrets that it names are not checked.\n`,
    );
  return references;
}
