// Codes 1xx: the text cannot be read.
import { defineCodes } from './codeEntry.ts';

export const syntaxCodes = defineCodes({
  I2K101: {
    severity: 'error',
    title: 'Not YAML',
    explanation: 'The document is neither YAML (1.1, as Kubernetes reads it) nor JSON. Nothing in it is compiled.',
  },
  I2K102: {
    severity: 'error',
    title: 'Duplicate key',
    explanation: 'A mapping has the same key twice, and readers differ on which value they use. Remove one of them.',
  },
  I2K103: {
    severity: 'error',
    title: 'Indented with a tab',
    explanation: 'YAML takes only spaces as indentation.',
  },
  I2K104: {
    severity: 'error',
    title: 'Unsupported tag',
    explanation:
      'Only the tags of YAML that JSON can express are supported: !!str, !!int, !!float, !!bool, !!null, !!binary, !!map and !!seq. Kubernetes silently ignores others; here they are refused.',
  },
  I2K105: {
    severity: 'error',
    title: 'Whole number over 2^53',
    explanation:
      'A whole number over 9007199254740991 loses its last digits in most readers of JSON. Quote it if a string is allowed there.',
  },
  I2K106: {
    severity: 'error',
    title: 'Character not allowed in manifests',
    explanation:
      'YAML allows no control characters other than tab and line ends, and no program accepts a NUL. The line ends U+0085, U+2028 and U+2029 mean different things to different readers.',
  },
  I2K107: {
    severity: 'error',
    title: 'Infinity or NaN',
    explanation:
      'YAML can write .inf and .nan, but JSON cannot, and Kubernetes refuses them. Quote the value if it is a text.',
  },
  I2K108: {
    severity: 'error',
    title: 'Alias without an anchor',
    explanation:
      'An alias (*name) stands for the last node before it that has the anchor (&name). It cannot be inside that node.',
  },
  I2K109: {
    severity: 'error',
    title: 'Key that is not a string',
    explanation:
      'A key must be a string, or a number or boolean that can become one. An unquoted {{ name }} of a text template is a mapping as a key.',
  },
  I2K110: {
    severity: 'error',
    title: 'Invalid or ambiguous merge',
    explanation:
      'The merge key << takes a mapping or a list of mappings. After a key that it also contains, Kubernetes lets the merge win and YAML does not: put it first.',
  },
  I2K111: {
    severity: 'error',
    title: 'Value does not fit its tag',
    explanation: 'A value with a tag such as !!int or !!binary must be of that type.',
  },
  I2K120: {
    severity: 'error',
    title: 'Input too large',
    explanation:
      'All manifests of an app together have at most 16 Mi characters. Move large data to a container image or a bucket.',
  },
  I2K121: {
    severity: 'error',
    title: 'Document too large',
    explanation:
      'One document has at most 2 Mi characters; an object in a cluster has at most 1.5 MB. Split a List into documents.',
  },
  I2K122: {
    severity: 'error',
    title: 'Too many documents',
    explanation:
      'All manifests of an app together have at most 10,000 documents; a CloudFormation stack holds 500 resources.',
  },
  I2K123: {
    severity: 'error',
    title: 'Nested too deeply',
    explanation: 'Mappings and lists nest at most 200 levels; the deepest field of Kubernetes is at level 20 or so.',
  },
  I2K124: {
    severity: 'error',
    title: 'Aliases expand too much',
    explanation:
      'Aliases and merge keys repeat at most 100,000 nodes in a document, so that a short text cannot become a huge one.',
  },
  I2K125: {
    severity: 'error',
    title: 'Document too long for its content',
    explanation:
      'A document with anchors, tags or tabs is read by a slower reader, which reads at most 100,000 tokens. Split it, or write it without them.',
  },
  I2K130: {
    severity: 'error',
    title: 'Not a Kubernetes object',
    explanation:
      'Each document must be one object: a mapping with apiVersion, kind and metadata. A List must contain a list of them.',
  },
  I2K131: {
    severity: 'error',
    title: 'No apiVersion or kind',
    explanation: 'Each object has an apiVersion and a kind, both strings.',
  },
  I2K132: {
    severity: 'error',
    title: 'Unknown kind',
    explanation:
      'Neither i2kit nor Kubernetes itself has such a kind. A custom resource has no controller here; --ignore-kind skips it.',
  },
  I2K133: {
    severity: 'error',
    title: 'Former or unknown version',
    explanation:
      'The kind is known, but not in this version. Kubernetes has removed former versions; fields may have moved since.',
  },
  I2K134: {
    severity: 'error',
    title: 'Kind that is not compiled',
    explanation: 'Kubernetes has this kind, but i2kit does not compile it. --ignore-kind skips it.',
  },
  I2K135: {
    severity: 'warning',
    title: 'Kind that has no effect',
    explanation: 'Kubernetes has this kind, but it has no effect here. The app behaves the same without it.',
  },
  I2K136: {
    severity: 'info',
    title: 'Skipped kind',
    explanation: "The object's kind is named in --ignore-kind: it is not compiled.",
  },
});
