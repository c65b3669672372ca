// Text formats of Kubernetes (names, labels, ports, paths). Each check returns the problem, or undefined if the text
// is valid. Source: k8s.io/apimachinery/pkg/util/validation/validation.go.

type FormatCheck = (text: string) => string | undefined;

const DNS_LABEL = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';

const formatCheck =
  (pattern: RegExp, most: number, like: string): FormatCheck =>
  (text) =>
    text.length > most ? `is longer than ${most} characters` : pattern.test(text) ? undefined : `is not ${like}`;

/** IsDNS1123Label. */
export const dnsLabel = formatCheck(
  new RegExp(`^${DNS_LABEL}$`),
  63,
  'made of lower-case letters, digits and inner hyphens',
);
/** IsDNS1123Subdomain. */
export const dnsSubdomain = formatCheck(
  new RegExp(`^${DNS_LABEL}(?:\\.${DNS_LABEL})*$`),
  253,
  'made of lower-case letters, digits, and inner hyphens and dots',
);
/** IsDNS1035Label. */
export const dns1035Label = formatCheck(
  /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/,
  63,
  'made of lower-case letters, digits and inner hyphens, with a letter first',
);
/** IsValidLabelValue. */
export const labelValue = formatCheck(
  /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/,
  63,
  'made of letters, digits, and inner `-`, `_` and `.`',
);

const qualifiedNamePart = formatCheck(
  /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/,
  63,
  'a name of letters, digits, and inner `-`, `_` and `.`',
);

/** IsQualifiedName: a name, optionally with a DNS name and a slash before it. */
export const qualifiedName: FormatCheck = (text) => {
  const parts = text.split('/');
  if (parts.length > 2) return 'has more than one slash';
  const [first = '', second] = parts;
  if (second === undefined) return qualifiedNamePart(first);
  const problem = first === '' ? 'begins with a slash' : dnsSubdomain(first);
  return problem === undefined ? qualifiedNamePart(second) : `has a prefix that ${problem}`;
};

/** IsValidPortName (an IANA service name). */
export const portName: FormatCheck = (text) => {
  if (text.length > 15) return 'is longer than 15 characters';
  if (!/^[-a-z0-9]+$/.test(text)) return 'is not made of lower-case letters, digits and hyphens';
  if (!/[a-z]/.test(text)) return 'has no letter';
  return /--|^-|-$/.test(text) ? 'has a hyphen at an end, or two in a row' : undefined;
};

/** IsValidPortNum. */
export const isPort = (port: number): boolean => Number.isInteger(port) && port >= 1 && port <= 65535;

/** IsRelaxedEnvVarName: printable ASCII without `=`. */
export const envVarName: FormatCheck = (text) =>
  text === ''
    ? 'is empty'
    : /^[ -<>-~]+$/.test(text)
      ? undefined
      : 'contains characters other than printable ASCII without `=`';

/** IsConfigMapKey. */
export const configMapKey: FormatCheck = (text) => {
  if (text.length > 253) return 'is longer than 253 characters';
  if (!/^[-._a-zA-Z0-9]+$/.test(text)) return 'is not made of letters, digits, `-`, `_` and `.`';
  return text === '.' || text.startsWith('..') ? 'is `.` or begins with `..`' : undefined;
};

/** ValidateLocalDescendingPath: relative, without `..`. */
export const relativePath: FormatCheck = (text) => {
  if (text.startsWith('/')) return 'is not relative';
  return text.split('/').includes('..') ? 'contains `..`' : undefined;
};

/** IsHTTPHeaderName. */
export const headerName: FormatCheck = (text) =>
  /^[-A-Za-z0-9]+$/.test(text) ? undefined : 'is not made of letters, digits and hyphens';

const OCTET = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const IPV4 = new RegExp(`^(?:${OCTET}\\.){3}${OCTET}$`);

/** Without leading zeros, which some programs read as octal. */
export const isIPv4 = (text: string): boolean => IPV4.test(text) && !/(?:^|\.)0\d/.test(text);

/** Whether it is IPv6, as precisely as finding typing errors requires. */
export function isIPv6(text: string): boolean {
  const groups = text.split(':');
  const short = text.includes('::');
  const lengths = short ? groups.length <= 8 && text.indexOf('::') === text.lastIndexOf('::') : groups.length === 8;
  return (
    text.includes(':') &&
    lengths &&
    groups.every((group) => /^[0-9a-fA-F]{0,4}$/.test(group)) &&
    (short || !groups.includes(''))
  );
}

/** The address family of `203.0.113.0/24`; undefined if it is not a CIDR block. */
export function cidrFamily(text: string): 'IPv4' | 'IPv6' | undefined {
  const [address = '', bits = '', ...rest] = text.split('/');
  if (rest.length > 0 || !/^(?:0|[1-9]\d{0,2})$/.test(bits)) return undefined;
  if (isIPv4(address)) return Number(bits) <= 32 ? 'IPv4' : undefined;
  return isIPv6(address) && Number(bits) <= 128 ? 'IPv6' : undefined;
}
