// Blocks of IPv4 addresses, and what is left of one without others.

interface Block {
  /** The first address, as a number. */
  readonly first: number;
  readonly bits: number;
}

/** `10.1.2.3/8` is the block 10.0.0.0/8; undefined where it is none of IPv4. */
function blockOf(text: string): Block | undefined {
  const [address = '', bits = ''] = text.split('/');
  const parts = address.split('.').map(Number);
  if (parts.length !== 4 || parts.some((part) => !Number.isInteger(part) || part < 0 || part > 255)) return undefined;
  const size = Number(bits);
  if (bits === '' || !Number.isInteger(size) || size < 0 || size > 32) return undefined;
  const number = parts.reduce((sum, part) => sum * 256 + part, 0);
  const span = 2 ** (32 - size);
  return { first: Math.floor(number / span) * span, bits: size };
}

const span = ({ bits }: Block) => 2 ** (32 - bits);
const holds = (outer: Block, inner: Block) => inner.first >= outer.first && inner.first + span(inner) <= outer.first + span(outer);

const textOf = ({ first, bits }: Block) => `${[24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join('.')}/${bits}`;

/** Whether every address of the one is in the other. */
export function isWithin(inner: string, outer: string): boolean {
  const [small, large] = [blockOf(inner), blockOf(outer)];
  return small !== undefined && large !== undefined && holds(large, small);
}

/** The fewest blocks that hold what is in the block and in none of the others, in the order of addresses. */
export function subtract(cidr: string, except: readonly string[]): readonly string[] {
  const block = blockOf(cidr);
  const holes = except.flatMap((one) => blockOf(one) ?? []);
  return block === undefined ? [] : without(block, holes).map(textOf);
}

/** Halves of a block that a hole is in are looked at one by one, down to those that are a hole or have none. */
function without(block: Block, holes: readonly Block[]): readonly Block[] {
  if (holes.some((hole) => holds(hole, block))) return [];
  const inside = holes.filter((hole) => holds(block, hole));
  if (inside.length === 0) return [block];
  const half = { bits: block.bits + 1 };
  return [...without({ first: block.first, ...half }, inside), ...without({ first: block.first + span(block) / 2, ...half }, inside)];
}
