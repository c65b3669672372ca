// The environment that apps share, as a template of its own (`i2kit env`): network, egress, DNS zones, member
// security group, bucket.
import { collector } from '../../../collector.ts';
import type { Diagnostic } from '../../../diagnostic.ts';
import type { AccountContext, Config } from '../../../options.ts';
import { type Output, optionalSection, type Parameter, type Resource, type Template } from '../../../template.ts';
import { emittedTextFindings, settingTextFindings } from '../emittedTexts.ts';
import { bucket } from './bucket.ts';
import { egress } from './egress.ts';
import type { EnvironmentEmitter } from './emitter.ts';
import { hostedZones } from './hostedZones.ts';
import { memberSecurityGroup } from './memberSecurityGroup.ts';
import { environmentOf } from './settings.ts';
import { sharedParameters } from './sharedParameters.ts';
import { vpc } from './vpc.ts';

const emitters: readonly EnvironmentEmitter[] = [
  vpc,
  egress,
  hostedZones,
  memberSecurityGroup,
  bucket,
  sharedParameters,
];

export interface EnvironmentOptions {
  readonly env: string;
  readonly config: Config;
  /** Results of look-ups; needed if the settings name existing resources. */
  readonly context?: AccountContext;
}

export type EnvironmentResult =
  | { readonly ok: true; readonly template: Template; readonly diagnostics: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Pure: equal options give equal bytes. Existing resources are passed on; the others are created. */
export function environmentTemplate({ env, config, context }: EnvironmentOptions): EnvironmentResult {
  const { report, diagnostics, hasErrors: failed } = collector();
  const environment = environmentOf({ env, config, context }, report);
  settingTextFindings(config, context, {}).forEach(report);
  if (failed()) return { ok: false, diagnostics: diagnostics() };
  const parts = emitters.map((emitter) => emitter(environment));
  const template: Template = {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: `i2kit environment ${env}`,
    ...optionalSection('Parameters', merge<Parameter>(parts.map((part) => part.parameters))),
    Resources: merge<Resource>(parts.map((part) => part.resources)),
    ...optionalSection('Outputs', merge<Output>(parts.map((part) => part.outputs))),
  };
  emittedTextFindings(template).forEach(report);
  if (failed()) return { ok: false, diagnostics: diagnostics() };
  return { ok: true, template, diagnostics: diagnostics() };
}

/** Ids are constants of logicalIds.ts; a test checks that they are unique. */
const merge = <T>(all: readonly (Readonly<Record<string, T>> | undefined)[]): Readonly<Record<string, T>> =>
  Object.assign({}, ...all);
