// IPv4 networks as text: whether they are such, and whether one is a part of another.

const byte = /^(0|[1-9]\d{0,2})$/;

/** True for `10.0.0.0/16` with a prefix within the bounds. */
export function isNetwork(cidr: string, shortest: number, longest: number): boolean {
  const [address = '', bits = '', ...rest] = cidr.split('/');
  const bytes = address.split('.');
  if (rest.length > 0 || bytes.length !== 4 || !/^\d\d$/.test(bits)) return false;
  if (!bytes.every((part) => byte.test(part) && Number(part) <= 255)) return false;
  return Number(bits) >= shortest && Number(bits) <= longest;
}

export interface Network {
  /** The address as a number. */
  readonly start: number;
  readonly prefix: number;
}

export function network(cidr: string): Network {
  const [address = '', bits = '32'] = cidr.split('/');
  const value = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - Number(bits));
  return { start: Math.floor(value / size) * size, prefix: Number(bits) };
}

/** True where every address of `inner` is one of `outer`. */
export const within = (inner: Network, outer: Network): boolean => {
  const size = 2 ** (32 - outer.prefix);
  return inner.prefix >= outer.prefix && Math.floor(inner.start / size) * size === outer.start;
};
