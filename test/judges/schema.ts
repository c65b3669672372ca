// Resources' properties against the schemas that CloudFormation publishes, in this process: cfn-lint bundles them, and takes a second to start.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { ensureJudges } from '../../scripts/judges.mjs';
import { region } from './aws.ts';
import { expression, forTemplates, type Json, type Schema } from './templateSchema.ts';

interface Resource {
  readonly Type: string;
  readonly Properties?: object;
}

/** Gives the check of a template: a line for each property that its resource does not take, none if all is well. */
export async function schemaCheck(): Promise<(template: object) => string[]> {
  const { python } = await ensureJudges();
  const library = join(dirname(python), '../lib');
  const schemas = join(library, readdirSync(library)[0] as string, 'site-packages/cfnlint/data/schemas');
  const files = readJson(join(schemas, `providers/${region}.json`)) as Record<string, string>;
  // The schemas have keywords of their own, and patterns that not every engine takes.
  const ajv = new Ajv2019({
    strict: false,
    allErrors: true,
    validateFormats: false,
    logger: false,
    code: { regExp: Object.assign(expression, { code: '' }) },
  });
  const validators = new Map<string, ValidateFunction>();

  const validatorOf = (type: string): ValidateFunction | undefined => {
    const file = files[type];
    if (!file) return undefined;
    let validator = validators.get(type);
    if (!validator) {
      validator = ajv.compile(forTemplates(readJson(join(schemas, `resources/${file}.json`)) as Schema));
      validators.set(type, validator);
    }
    return validator;
  };

  return (template) => {
    const { Resources = {} } = template as { Resources?: Record<string, Resource> };
    return Object.entries(Resources).flatMap(([name, resource]) => {
      const validator = validatorOf(resource.Type);
      if (!validator) return [`${name}: no such type ${resource.Type}`];
      if (validator(resource.Properties ?? {})) return [];
      return (validator.errors ?? []).filter(telling).map((error) => `${name}${error.instancePath}: ${describe(error)}`);
    });
  };
}

/** Not the branches that say "it is not a function either". */
function telling(error: ErrorObject): boolean {
  return error.keyword !== 'anyOf' && !error.schemaPath.includes('/anyOf/0/');
}

function describe(error: ErrorObject): string {
  const { additionalProperty, allowedValues } = error.params as { additionalProperty?: string; allowedValues?: unknown[] };
  return `${error.message}${additionalProperty ? `: ${additionalProperty}` : ''}${allowedValues ? `: ${allowedValues.join(', ')}` : ''}`;
}

function readJson(path: string): Json {
  return JSON.parse(readFileSync(path, 'utf8')) as Json;
}
