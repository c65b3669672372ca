// Runs one rule over objects.

import type { Rule } from '../../src/2-check/rule.ts';
import { type Path, pathText } from '../../src/diagnostic.ts';
import type { JsonObject } from '../../src/kinds/shared/defaults/jsonObject.ts';
import type { CompileOptions } from '../../src/options.ts';
import { indexOf, manifestOf } from './manifests.ts';

/** Where a container's and a pod's fields stand in a Deployment, left out of what `said` answers. */
const PATH_ABBREVIATIONS: readonly (readonly [string, string])[] = [
  ['spec.template.spec.containers[0].', '~c.'],
  ['spec.template.spec.', '~p.'],
];

/** What the rule says of these objects: `I2K307 ~c.ports[0].name`, where ~p is the pod and ~c its first container. */
export function findingsOf(
  rule: Rule,
  objects: readonly JsonObject[],
  refused: readonly string[] = [],
  options?: CompileOptions,
): readonly string[] {
  const findings: { readonly code: string; readonly message: string; readonly path: Path }[] = [];
  rule.check(
    indexOf(
      objects.map((object, index) => manifestOf(object, index)),
      refused,
    ),
    (finding) => findings.push(finding),
    options,
  );
  for (const { code } of findings)
    if (!rule.codes.some((known) => known === code)) throw new Error(`the rule does not declare ${code}`);
  return findings.map(({ code, path }) => `${code} ${abbreviatedPath(pathText(path))}`.trimEnd());
}

export const abbreviatedPath = (path: string): string =>
  PATH_ABBREVIATIONS.reduce(
    (short, [long, sign]) => (short.startsWith(long) ? short.replace(long, sign) : short),
    path,
  );
