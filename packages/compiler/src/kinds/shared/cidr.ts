// Blocks of IPv4 addresses, and their difference.

interface CidrBlock {
  /** The first address, as a number. */
  readonly first: number;
  readonly bits: number;
}

/** `10.1.2.3/8` is the block 10.0.0.0/8; undefined if it is not an IPv4 block. */
function parseBlock(text: string): CidrBlock | undefined {
  const [address = '', bits = ''] = text.split('/');
  const parts = address.split('.').map(Number);
  if (parts.length !== 4 || parts.some((part) => !Number.isInteger(part) || part < 0 || part > 255)) return undefined;
  const size = Number(bits);
  if (bits === '' || !Number.isInteger(size) || size < 0 || size > 32) return undefined;
  const number = parts.reduce((sum, part) => sum * 256 + part, 0);
  const span = 2 ** (32 - size);
  return { first: Math.floor(number / span) * span, bits: size };
}

const blockSize = ({ bits }: CidrBlock) => 2 ** (32 - bits);
const contains = (outer: CidrBlock, inner: CidrBlock) =>
  inner.first >= outer.first && inner.first + blockSize(inner) <= outer.first + blockSize(outer);

const blockText = ({ first, bits }: CidrBlock) =>
  `${[24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join('.')}/${bits}`;

/** Whether the text is an IPv4 network in its usual notation, `10.0.0.0/16`, with a prefix length within the bounds. */
export function isNetwork(text: string, shortestPrefix: number, longestPrefix: number): boolean {
  const octet = '(?:0|[1-9]\\d{0,2})';
  if (!new RegExp(`^${octet}(?:\\.${octet}){3}/\\d\\d$`).test(text)) return false;
  const block = parseBlock(text);
  return block !== undefined && block.bits >= shortestPrefix && block.bits <= longestPrefix;
}

/** Whether every address of one is in the other. */
export function isWithin(inner: string, outer: string): boolean {
  const [small, large] = [parseBlock(inner), parseBlock(outer)];
  return small !== undefined && large !== undefined && contains(large, small);
}

/** The fewest blocks that hold the addresses of the block without those of the others, in order of addresses. */
export function subtractBlocks(cidr: string, except: readonly string[]): readonly string[] {
  const block = parseBlock(cidr);
  const holes = except.flatMap((one) => parseBlock(one) ?? []);
  return block === undefined ? [] : blocksWithout(block, holes).map(blockText);
}

/** Splits blocks with a hole into halves, until each is a hole or has none. */
function blocksWithout(block: CidrBlock, holes: readonly CidrBlock[]): readonly CidrBlock[] {
  if (holes.some((hole) => contains(hole, block))) return [];
  const inside = holes.filter((hole) => contains(block, hole));
  if (inside.length === 0) return [block];
  const half = { bits: block.bits + 1 };
  return [
    ...blocksWithout({ first: block.first, ...half }, inside),
    ...blocksWithout({ first: block.first + blockSize(block) / 2, ...half }, inside),
  ];
}
