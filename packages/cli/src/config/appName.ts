// Reads the app's name from the manifests' labels, if neither a flag nor the configuration names it.
import { escapeInvisible, failure, listText, type Outcome, success } from '@i2kit/common';
import type { Diagnostic, Source } from '@i2kit/compiler';
import { diagnosticAt } from '../diagnostic.ts';
import type { Compiler } from '../ports/compiler.ts';
import { flagDiagnostics, schemaViolations } from './schemaViolations.ts';

const appLabelName = 'app.kubernetes.io/part-of';

export function appNameOf(
  compiler: Pick<Compiler, 'appLabels'>,
  sources: readonly Source[],
): Outcome<string, Diagnostic> {
  const [name, ...others] = compiler.appLabels(sources);
  if (name === undefined) {
    const hint = `Pass --app NAME, set app: NAME in i2kit.yaml, or label the objects ${appLabelName}.`;
    return failure(diagnosticAt('I2K740', 'the app has no name', { source: '--app', hint }));
  }
  if (others.length > 0) {
    const names = listText([name, ...others].map(escapeInvisible));
    return failure(
      diagnosticAt('I2K741', `the objects belong to several apps: ${names}`, {
        source: appLabelName,
        hint: 'Pass --app NAME to name them all.',
      }),
    );
  }
  const [problem, ...more] = flagDiagnostics(appLabelName, schemaViolations('config', { app: name }));
  return problem === undefined ? success(name) : failure(problem, ...more);
}
