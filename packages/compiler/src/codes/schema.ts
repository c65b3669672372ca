// Codes 2xx: an object violates Kubernetes' schema.
import { defineCodes } from './codeEntry.ts';

export const schemaCodes = defineCodes({
  I2K201: {
    severity: 'error',
    title: 'Unknown field',
    explanation:
      'Kubernetes has no such field here. Names are case-sensitive, and a field one level too high or too low is also unknown. `kubectl explain` lists the fields.',
  },
  I2K202: {
    severity: 'error',
    title: 'Wrong type',
    explanation:
      'The value has another type than the field. Without quotes, YAML reads 8080 as a number and yes as a boolean; with quotes, "8080" is a string.',
  },
  I2K203: {
    severity: 'error',
    title: 'Missing field',
    explanation: 'Kubernetes requires the field. Null counts as absent.',
  },
  I2K204: {
    severity: 'error',
    title: 'Number too large or too small',
    explanation: 'The number does not fit into the 32 or 64 bits of the field.',
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
      'A quantity is a number with a suffix: m, k, M, G, T, P, E, or Ki, Mi, Gi, Ti, Pi, Ei, or an exponent. Suffixes are case-sensitive: 1Gi is a gibibyte, 1gi is not valid.',
  },
  I2K207: {
    severity: 'error',
    title: 'Not a time',
    explanation: 'A time has the format of RFC 3339: 2026-01-31T12:00:00Z.',
  },
  I2K208: {
    severity: 'info',
    title: 'More of the same',
    explanation: 'The first hundred problems of an object are reported one by one.',
  },
});
