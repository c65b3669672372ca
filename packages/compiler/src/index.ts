// The compiler's public surface.

export {
  type EnvironmentOptions,
  type EnvironmentResult,
  environmentTemplate,
} from './4-emit/aws/environment/index.ts';
export { type Code, type CodeEntry, catalog } from './catalog.ts';
export { type CompileResult, compile } from './compile.ts';
export {
  type Diagnostic,
  type ObjectRef,
  objectName,
  type Path,
  pathText,
  type Related,
  type Severity,
} from './diagnostic.ts';
export {
  accountLookupOf,
  domainOf,
  existingResourcesOf,
  hostedZoneOf,
  isCrossAccountZone,
  isEmptyLookup,
} from './existingResources.ts';
export { type ImageBase, imageBaseOf, imageKey, missingLockEntries } from './image/index.ts';
export { kinds } from './kinds/index.ts';
export type { Source } from './manifest.ts';
export type * from './options.ts';
export type * from './plan.ts';
export { type Position, positionsIn, type RenderOptions, render } from './render.ts';
export { type SecretObject, type SecretsResult, secretsOf } from './secrets.ts';
export type { Asset, Stack } from './stack.ts';
export type { Template } from './template.ts';
export { workloadNames } from './workloadNames.ts';
