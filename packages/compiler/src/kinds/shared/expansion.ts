// `$(NAME)` in values, commands and arguments: third_party/forked/golang/expansion of Kubernetes.
import { utf8ByteLength } from './byteLength.ts';

/** Bytes of the longest argument or variable that Linux passes to a program (MAX_ARG_STRLEN). */
export const maxTextBytes = 128 * 1024;
/** Bytes of all arguments and variables of a program (three quarters of _STK_LIM). */
export const maxTotalBytes = 6 * 1024 * 1024;

/** A piece of a text: literal characters, or a written reference to a variable. */
type Piece = { readonly text: string } | { readonly name: string; readonly whole: string };

/** The pieces from left to right. Linear: without a following `)`, none is searched for. */
function* pieces(input: string): Generator<Piece> {
  const last = input.lastIndexOf(')');
  let from = 0;
  while (from < input.length) {
    const dollar = input.indexOf('$', from);
    if (dollar < 0) break;
    const next = input[dollar + 1];
    if (next === '$') {
      yield { text: `${input.slice(from, dollar)}$` };
      from = dollar + 2;
    } else if (next === '(' && dollar < last) {
      const end = input.indexOf(')', dollar);
      yield { text: input.slice(from, dollar) };
      yield { name: input.slice(dollar + 2, end), whole: input.slice(dollar, end + 1) };
      from = end + 1;
    } else {
      yield { text: input.slice(from, dollar + 1) };
      from = dollar + 1;
    }
  }
  yield { text: input.slice(from) };
}

/**
 * Replaces `$(NAME)` by the variable's value, and `$$` by `$`. Unknown variables and unclosed references do not change.
 * The agent does this for values that depend on the boot (contract/vectors/expansion.json tests both).
 */
export function expandVariables(input: string, variable: (name: string) => string | undefined): string {
  const found: string[] = [];
  for (const piece of pieces(input)) found.push('text' in piece ? piece.text : (variable(piece.name) ?? piece.whole));
  return found.join('');
}

/** Bytes of the expanded text, from the bytes of each variable. */
export function expandedLength(input: string, bytesOf: (name: string) => number | undefined): number {
  let sum = 0;
  for (const piece of pieces(input))
    sum += 'text' in piece ? utf8ByteLength(piece.text) : (bytesOf(piece.name) ?? utf8ByteLength(piece.whole));
  return sum;
}

/** The names that a text refers to. */
export function referredTo(input: string): readonly string[] {
  return [...pieces(input)].flatMap((piece) => ('name' in piece ? [piece.name] : []));
}

/** True where expansion could change the text. */
export function hasVariables(input: string): boolean {
  return /\$[$(]/.test(input);
}
