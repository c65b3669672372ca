// Whether an object has the shape that Kubernetes' schema asks for, in words.
import { type Finding, type Path, pathText, type Report } from '../../diagnostic.ts';
import type { ShapeError } from '../../generated/validators.d.ts';
import { validators } from '../../generated/validators.js';
import type { Kind } from '../../kinds/kind.ts';
import { nearest } from '../../nearest.ts';
import { MAX_PROBLEMS } from '../limits.ts';
import type { Identified } from './identify.ts';
import { fieldOf, type Mapping } from './mapping.ts';
import type { SourceOf } from './source.ts';
import { wrongType } from './types.ts';

type Found = Omit<Finding, 'object' | 'path'> & { readonly path: Path };

/** True where the shape is right; else each problem is reported, once for each place. */
export function checkShape(kind: Kind, { written, ref: object }: Identified, sourceOf: SourceOf, report: Report): boolean {
  const validate = validators[kind];
  if (validate(written)) return true;
  const errors = validate.errors ?? [];
  const found = new Map<string, Found>();
  let seen = 0;
  for (const error of errors) {
    if (found.size === MAX_PROBLEMS) break;
    seen += 1;
    const each = explain(error, written, kind === 'Secret' ? 'hidden' : sourceOf);
    // Several fields may be missing from one place; of anything else, the first problem of a place is the clearest.
    const key = JSON.stringify([each.path, each.code === 'I2K203' ? each.message : '']);
    if (!found.has(key)) found.set(key, each);
  }
  for (const each of found.values()) report({ ...each, object });
  if (seen < errors.length)
    report({ code: 'I2K208', message: `and ${errors.length - seen} more problems of this object`, object, path: [] });
  return false;
}

function explain(error: ShapeError, written: Mapping, source: SourceOf | 'hidden'): Found {
  const { path, value } = follow(error.instancePath, written);
  const field = pathText(path) || 'the object';
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownField(error.params.additionalProperty, error.params.known, path);
    case 'required':
      return { code: 'I2K203', message: `${field} has no ${error.params.missingProperty}, which it needs`, path };
    case 'type':
      return wrongType(error.params.type, value, path, source);
    case 'minimum':
    case 'maximum':
      return { code: 'I2K204', message: `${field} must be ${error.params.comparison} ${error.params.limit}, and is ${value}`, path };
    case 'format':
      return wrongFormat(error.params.format, value, field, path);
  }
}

function unknownField(name: string, known: readonly string[], path: Path): Found {
  const meant = nearest(name, known);
  const where = path.length === 0 ? 'the object' : pathText(path);
  const hint = meant ? `did you mean ${meant}?` : `it has ${known.length > 12 ? `${known.slice(0, 12).join(', ')}, …` : known.join(', ')}`;
  return { code: 'I2K201', message: `${where} has no field ${JSON.stringify(name)}`, path: [...path, name], atKey: true, hint };
}

function wrongFormat(format: 'byte' | 'date-time' | 'quantity', value: unknown, field: string, path: Path): Found {
  const text = JSON.stringify(value);
  if (format === 'byte') {
    return {
      code: 'I2K205',
      message: `${field} is not base64`,
      path,
      hint: 'encode it with `base64 -w0`, or use stringData (Secret) or data (ConfigMap)',
    };
  }
  if (format === 'date-time') return { code: 'I2K207', message: `${field} is no time: ${text}`, path };
  return { code: 'I2K206', message: `${field} is no quantity: ${text}`, path, hint: 'for example, 500m of cpu, or 512Mi of memory' };
}

/** A JSON Pointer (RFC 6901) to a path, in which a position in a list is a number, and the value that is there. */
function follow(pointer: string, root: unknown): { readonly path: Path; readonly value: unknown } {
  let value = root;
  const path = pointer
    .split('/')
    .slice(1)
    .map((part) => {
      const key = part.replace(/~1/g, '/').replace(/~0/g, '~');
      const isPosition = Array.isArray(value);
      value = isPosition ? (value as readonly unknown[])[Number(key)] : fieldOf(value, key);
      return isPosition ? Number(key) : key;
    });
  return { path, value };
}
