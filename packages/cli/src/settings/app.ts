// The name of the app, where neither a flag nor the configuration gives it: the label that the manifests share.
import type { Source } from '@i2kit/compiler';
import type { Compiler } from '../compiler-ports.ts';
import { bad, good, type Outcome, problem } from '../problem.ts';
import { harmless, listed } from '../text.ts';
import { misshapes, ofPlace } from './shape.ts';

const label = 'app.kubernetes.io/part-of';

export function appOf(compiler: Pick<Compiler, 'appOf'>, sources: readonly Source[]): Outcome<string> {
  const [name, ...others] = compiler.appOf(sources);
  if (name === undefined) {
    const hint = `say --app NAME, write app: NAME into i2kit.yaml, or label the objects ${label}`;
    return bad(problem('I2K740', 'the app has no name', { source: '--app', hint }));
  }
  if (others.length > 0) {
    const names = listed([name, ...others].map(harmless));
    return bad(
      problem('I2K741', `the objects belong to several apps: ${names}`, {
        source: label,
        hint: 'say which name they have together: --app NAME',
      }),
    );
  }
  const wrong = misshapes('config', { app: name });
  return wrong.length > 0 ? { ok: false, problems: ofPlace(label, wrong) } : good(name);
}
