// Codes 1xx: the text cannot be read.
import { defineCodes } from './codeEntry.ts';

export const syntaxCodes = defineCodes({
  I2K101: {
    severity: 'error',
    title: 'Not YAML',
    explanation:
      'The document cannot be read as YAML (1.1, as Kubernetes reads it) nor as JSON. Nothing of it is compiled until it can.',
  },
  I2K102: {
    severity: 'error',
    title: 'Key stands twice',
    explanation:
      'A mapping has the same key twice, and readers differ on which of the values counts. Remove one of them.',
  },
  I2K103: {
    severity: 'error',
    title: 'Indented with a tab',
    explanation: 'YAML takes only spaces as indentation.',
  },
  I2K104: {
    severity: 'error',
    title: 'Tag that is not taken',
    explanation:
      'Only the tags of YAML that JSON can say are taken: !!str, !!int, !!float, !!bool, !!null, !!binary, !!map and !!seq. Kubernetes passes over others in silence; here, they are refused.',
  },
  I2K105: {
    severity: 'error',
    title: 'Whole number over 2^53',
    explanation:
      'A whole number over 9007199254740991 loses its last digits in most readers of JSON. Put it into quotes where a string will do.',
  },
  I2K106: {
    severity: 'error',
    title: 'Character that no manifest may hold',
    explanation:
      'YAML allows no control characters beside tab and line ends, and no program can be given a NUL. The line ends U+0085, U+2028 and U+2029 mean different things to different readers.',
  },
  I2K107: {
    severity: 'error',
    title: 'Infinity or NaN',
    explanation:
      'YAML can write .inf and .nan, JSON cannot, and Kubernetes refuses them. Put the value into quotes if it is a text.',
  },
  I2K108: {
    severity: 'error',
    title: 'Alias that stands for nothing',
    explanation:
      'An alias (*name) stands for the last node before it that has the anchor (&name). It cannot stand within that node.',
  },
  I2K109: {
    severity: 'error',
    title: 'Key that is no string',
    explanation:
      'A key has to be a string, or a number or boolean that can be one. An unquoted {{ name }} of a text template is a mapping as a key.',
  },
  I2K110: {
    severity: 'error',
    title: 'Merge that means nothing or two things',
    explanation:
      'The merge key << takes a mapping or a list of mappings. Where it stands after a key that it also brings, Kubernetes lets it win and YAML does not: put it first.',
  },
  I2K111: {
    severity: 'error',
    title: 'Value does not fit its tag',
    explanation: 'A value with a tag such as !!int or !!binary has to be of that type.',
  },
  I2K120: {
    severity: 'error',
    title: 'Input too large',
    explanation:
      'All manifests of an app together may have 16 Mi characters. Large data belongs into an image or a bucket.',
  },
  I2K121: {
    severity: 'error',
    title: 'Document too large',
    explanation:
      'One document may have 2 Mi characters; an object in a cluster has at most 1.5 MB. Split a List into documents.',
  },
  I2K122: {
    severity: 'error',
    title: 'Too many documents',
    explanation:
      'All manifests of an app together may be 10,000 documents; a CloudFormation stack holds 500 resources.',
  },
  I2K123: {
    severity: 'error',
    title: 'Nested too deep',
    explanation: 'Mappings and lists may nest 200 levels; the deepest field of Kubernetes is at 20 or so.',
  },
  I2K124: {
    severity: 'error',
    title: 'Aliases expand too much',
    explanation:
      'Aliases and merge keys may repeat 100,000 nodes in a document, so that a short text cannot become a huge one.',
  },
  I2K125: {
    severity: 'error',
    title: 'Document too long for what it holds',
    explanation:
      'A document with anchors, tags or tabs is read by a slower reader, which takes 100,000 tokens. Split it, or write it without them.',
  },
  I2K130: {
    severity: 'error',
    title: 'Not a Kubernetes object',
    explanation:
      'Each document has to be one object: a mapping with apiVersion, kind and metadata. A List has to have a list of them.',
  },
  I2K131: {
    severity: 'error',
    title: 'No apiVersion or kind',
    explanation: 'Each object says what it is: apiVersion and kind, both strings.',
  },
  I2K132: {
    severity: 'error',
    title: 'Unknown kind',
    explanation:
      'Neither i2kit nor Kubernetes itself has such a kind. A custom resource has no controller here; --ignore-kind passes over it.',
  },
  I2K133: {
    severity: 'error',
    title: 'Former or unknown version',
    explanation:
      'The kind is known, but not in this version. Kubernetes has removed the former ones; fields may have moved since.',
  },
  I2K134: {
    severity: 'error',
    title: 'Kind that is not compiled',
    explanation: 'Kubernetes has this kind, and i2kit makes nothing of it. --ignore-kind passes over it.',
  },
  I2K135: {
    severity: 'warning',
    title: 'Kind that has no effect',
    explanation:
      'Kubernetes has this kind, and there is nothing here that it could act on. What the app does is the same without it.',
  },
  I2K136: {
    severity: 'info',
    title: 'Kind passed over',
    explanation: 'The object is of a kind that --ignore-kind names: nothing is made of it.',
  },
});
