// Codes 2xx: an object does not have the shape that Kubernetes' schema asks for.
import { defineCodes } from './codeEntry.ts';

export const schemaCodes = defineCodes({
  I2K201: {
    severity: 'error',
    title: 'Unknown field',
    explanation:
      'Kubernetes has no such field there. Case counts, and a field that is one level too high or too low is unknown, too. `kubectl explain` lists the fields.',
  },
  I2K202: {
    severity: 'error',
    title: 'Wrong type',
    explanation:
      'The value is of another type than the field. Without quotes, YAML reads 8080 as a number and yes as a boolean; with them, "8080" is a string.',
  },
  I2K203: {
    severity: 'error',
    title: 'Missing field',
    explanation: 'Kubernetes requires the field. Null counts as absent.',
  },
  I2K204: {
    severity: 'error',
    title: 'Number too large or too small',
    explanation: 'The number does not fit into the 32 or 64 bits that Kubernetes has for the field.',
  },
  I2K205: {
    severity: 'error',
    title: 'Not base64',
    explanation:
      '`data` of a Secret and `binaryData` of a ConfigMap are base64 with padding. Put plain text into `stringData` of a Secret, or `data` of a ConfigMap.',
  },
  I2K206: {
    severity: 'error',
    title: 'Not a quantity',
    explanation:
      'A quantity is a number with a suffix: m, k, M, G, T, P, E, or Ki, Mi, Gi, Ti, Pi, Ei, or an exponent. Case counts: 1Gi is a gibibyte, 1gi is nothing.',
  },
  I2K207: {
    severity: 'error',
    title: 'Not a time',
    explanation: 'A time is written as RFC 3339 has it: 2026-01-31T12:00:00Z.',
  },
  I2K208: {
    severity: 'info',
    title: 'More of the same',
    explanation: 'The first hundred problems of an object are told one by one.',
  },
});
