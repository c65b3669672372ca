// Differences of the generated validators from ajv: null is absent, and an unknown field comes with the names that are known.
import { _, getProperty, stringify } from 'ajv/dist/compile/codegen/index.js';
import additional from 'ajv/dist/vocabularies/applicator/additionalProperties.js';

const required = {
  keyword: 'required',
  type: 'object',
  schemaType: 'array',
  error: { message: '', params: ({ params }) => _`{missingProperty: ${params.missing}}` },
  code(cxt) {
    for (const missing of cxt.schema) {
      cxt.setParams({ missing });
      // == rather than ===: Kubernetes drops a null before it looks for what is missing.
      cxt.gen.if(_`${cxt.data}${getProperty(missing)} == null`, () => cxt.error());
    }
  },
};

const additionalProperties = {
  ...additional.default,
  error: { message: '', params: ({ params }) => _`{additionalProperty: ${params.key}, known: ${params.known}}` },
  code(cxt) {
    if (cxt.schema !== false) return additional.default.code(cxt);
    const names = Object.keys(cxt.parentSchema.properties);
    const known = cxt.gen.scopeValue('obj', { ref: names, code: stringify(names) });
    cxt.gen.forIn('key', cxt.data, (key) => {
      cxt.setParams({ key, known });
      cxt.gen.if(_`!${known}.includes(${key})`, () => cxt.error());
    });
  },
};

/** An item of a list must not be null, though the definition that it refers to takes one. */
const notNull = {
  keyword: 'notNull',
  schemaType: 'boolean',
  error: { message: '', params: () => _`{type: "object"}` },
  code(cxt) {
    // Told as ajv tells any other value that is no object.
    cxt.keyword = 'type';
    cxt.fail(_`${cxt.data} === null`);
  },
};

export const strictKeywords = { required, additionalProperties, notNull };

/** The whole numbers that Kubernetes' integer types hold; of an int64, those that survive JavaScript (the reader refuses others). */
export const limits = {
  int32: { minimum: -(2 ** 31), maximum: 2 ** 31 - 1 },
  int64: { minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
  'int-or-string': { minimum: -(2 ** 31), maximum: 2 ** 31 - 1 },
};

const letter = '[A-Za-z0-9+/][\\r\\n]*';

export const formats = {
  // Go's base64.StdEncoding: padded, and line ends anywhere.
  byte: new RegExp(
    `^[\\r\\n]*(?:(?:${letter}){4})*(?:(?:${letter}){2}=[\\r\\n]*=[\\r\\n]*|(?:${letter}){3}=[\\r\\n]*)?$`,
  ),
  // RFC 3339, as Go's time.Parse takes it.
  'date-time': /^\d{4}-\d\d-\d\dT\d{1,2}:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:\d\d)$/,
  // resource.ParseQuantity: a number, then a binary suffix, a decimal suffix or an exponent; no longer than `parseQuantity` accepts.
  quantity: /^(?=.{1,200}$)[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/,
};
