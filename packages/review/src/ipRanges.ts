// Ranges of IP addresses of both versions, as EC2 reads them: the address bits beyond the prefix do not matter.

export interface IpRange {
  readonly version: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

/** Undefined if the text is no range. */
export function ipRangeOf(text: string): IpRange | undefined {
  const [, address = '', prefix = ''] = /^([\da-fA-F:.]+)\/(\d{1,3})$/.exec(text) ?? [];
  const version = address.includes(':') ? 6 : 4;
  const number = version === 6 ? ipv6Number(address) : ipv4Number(address);
  const size = version === 6 ? 128 : 32;
  const bits = Number(prefix);
  if (number === undefined || prefix === '' || bits > size) return undefined;
  const rest = 1n << BigInt(size - bits);
  const first = number - (number % rest);
  return { version, first, last: first + rest - 1n };
}

function ipv4Number(address: string): bigint | undefined {
  const parts = address.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255))
    return undefined;
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function ipv6Number(address: string): bigint | undefined {
  const halves = address.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const parts = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (!parts.every((part) => /^[\da-fA-F]{1,4}$/.test(part))) return undefined;
  return parts.reduce((sum, part) => sum * 65_536n + BigInt(`0x${part}`), 0n);
}

export const rangeContains = (wide: IpRange, narrow: IpRange): boolean =>
  wide.version === narrow.version && wide.first <= narrow.first && wide.last >= narrow.last;

export const isAllAddresses = ({ version, first, last }: IpRange): boolean =>
  first === 0n && last === (1n << (version === 4 ? 32n : 128n)) - 1n;

/** Ranges that are not routed on the internet: https://www.iana.org/assignments/iana-ipv4-special-registry */
const privateRanges: readonly IpRange[] = [
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '::1/128',
  'fc00::/7',
  'fe80::/10',
].flatMap((text) => ipRangeOf(text) ?? []);

/** True if all its addresses are those of private networks. */
export const isPrivateRange = (range: IpRange): boolean => privateRanges.some((each) => rangeContains(each, range));
