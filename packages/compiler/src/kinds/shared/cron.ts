// Parses a CronJob's schedule as robfig/cron (`ParseStandard`) does, and writes it as Auto Scaling accepts it.
import { failure, type Outcome, type Problem, success } from '@i2kit/common';

/** Its message is the rest of the sentence "the schedule …". */
interface CronProblem extends Problem {
  /** Kubernetes accepts the schedule, but Auto Scaling cannot express it. */
  readonly inexpressible?: true;
}

/** The recurrence: five fields, each `*` or comma-separated numbers. */
export type CronSchedule = Outcome<string, CronProblem>;

const DESCRIPTORS: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

interface CronField {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** Names of its numbers, the first for `least`. */
  readonly names: readonly string[];
}

const FIELDS: readonly CronField[] = [
  { name: 'minute', least: 0, most: 59, names: [] },
  { name: 'hour', least: 0, most: 23, names: [] },
  { name: 'day of the month', least: 1, most: 31, names: [] },
  { name: 'month', least: 1, most: 12, names: 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ') },
  { name: 'day of the week', least: 0, most: 6, names: 'sun mon tue wed thu fri sat'.split(' ') },
];

export function parseSchedule(text: string): CronSchedule {
  if (text.startsWith('@every '))
    return failure({ message: 'counts from its creation, but Auto Scaling counts by the clock', inexpressible: true });
  const descriptor = Object.hasOwn(DESCRIPTORS, text) ? DESCRIPTORS[text] : undefined;
  if (text.startsWith('@'))
    return descriptor ? success(descriptor) : failure({ message: `${text} is not a descriptor` });
  const parts = text.split(/\s+/).filter((part) => part !== '');
  if (parts.length !== FIELDS.length) return failure({ message: `has ${parts.length} fields instead of five` });
  const fields: string[] = [];
  for (const [index, field] of FIELDS.entries()) {
    const read = readField(parts[index] ?? '', field);
    if (!read.ok) return read;
    fields.push(read.value);
  }
  return success(fields.join(' '));
}

/** A list of ranges. A field that is `*` stays `*`, as the two fields of days depend on it. */
function readField(text: string, field: CronField): Outcome<string> {
  const numbers = new Set<number>();
  let star = false;
  for (const part of text.split(',').filter((one) => one !== '')) {
    const read = readRange(part, field);
    if (!read.ok) return read;
    const range = read.value;
    star ||= range.star;
    for (let number = range.from; number <= range.to; number += range.step) numbers.add(number);
  }
  if (numbers.size === 0) return failure({ message: `has an empty ${field.name}` });
  return success(star ? '*' : [...numbers].sort((a, b) => a - b).join(','));
}

interface CronRange {
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly star: boolean;
}

/** `*`, `5`, `1-5`, any of them with `/2`; `5/15` continues to the end, and `*-5` is `*`. */
function readRange(text: string, field: CronField): Outcome<CronRange> {
  const problem = failure({ message: `has ${JSON.stringify(text)} as ${field.name}` });
  const [span = '', stepText, ...more] = text.split('/');
  const [low = '', high, ...rest] = span.split('-');
  if (more.length > 0 || rest.length > 0) return problem;
  const any = low === '*' || low === '?';
  const step = stepText === undefined ? 1 : (decimal(stepText) ?? 0);
  const from = any ? field.least : fieldNumber(low, field);
  const to = any
    ? field.most
    : high === undefined
      ? stepText === undefined
        ? from
        : field.most
      : fieldNumber(high, field);
  if (from === undefined || to === undefined || step < 1) return problem;
  if (from < field.least || to > field.most || from > to) return problem;
  return success({ from, to, step, star: any && step === 1 });
}

function fieldNumber(text: string, { names, least }: CronField): number | undefined {
  const index = names.indexOf(text.toLowerCase());
  if (index >= 0) return index + least;
  return decimal(text);
}

/** As Go's strconv.Atoi, without negative numbers. */
const decimal = (text: string): number | undefined => (/^\+?\d+$/.test(text) ? Number(text) : undefined);
