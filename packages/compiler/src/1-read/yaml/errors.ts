// YAML errors: a code, a sentence, an offset and a hint.

import { escapeInvisible, I2kitError } from '@i2kit/common';
import type { ErrorCode, YAMLParseError } from 'yaml';
import type { Code } from '../../diagnostic.ts';

/**
 * Why a text cannot be read: a code, a sentence and a place. Thrown inside the readers only; `readDocument` catches
 * it. Offsets are into the document's own text.
 */
export class YamlProblem extends I2kitError<Code> {
  override readonly name = 'YamlProblem';
  readonly offset: number;

  constructor(code: Code, message: string, offset: number, hint?: string) {
    super(code, message, { hint });
    this.offset = offset;
  }
}

/** Undefined if no Problem was thrown: anything else thrown is a bug, and is rethrown. */
export function undefinedOnProblem<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (problem) {
    if (problem instanceof YamlProblem) return undefined;
    throw problem;
  }
}

interface SyntaxMessage {
  readonly code: Code;
  /** Default: the package's own words. */
  readonly message?: string;
  readonly hint?: string;
}

const SYNTAX_MESSAGES: Partial<Record<ErrorCode, SyntaxMessage>> = {
  BAD_INDENT: {
    code: 'I2K101',
    hint: 'Indent items of one level equally, and the content of brackets deeper than its key.',
  },
  TAB_AS_INDENT: { code: 'I2K103', message: 'a tab cannot indent', hint: 'Indent with spaces.' },
  BAD_SCALAR_START: { code: 'I2K101', hint: 'Quote the value.' },
  BAD_DQ_ESCAPE: { code: 'I2K101', hint: 'Write \\\\ for a backslash, or use single quotes, which have no escapes.' },
  BLOCK_AS_IMPLICIT_KEY: {
    code: 'I2K101',
    message: 'a second mapping starts on the same line',
    hint: 'Quote a value that contains ": ".',
  },
  MULTILINE_IMPLICIT_KEY: {
    code: 'I2K101',
    message: 'a line that is neither `key: value` nor indented as part of a value',
  },
  RESOURCE_EXHAUSTION: { code: 'I2K123' },
};

/** Errors of the `yaml` package, in words that say how to fix them. */
export function syntaxProblem(error: YAMLParseError, text: string): YamlProblem {
  const [offset] = error.pos;
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const blank = /^[ \t]*/.exec(text.slice(lineStart, lineStart + 1000))?.[0] ?? '';
  const tab = blank.indexOf('\t');
  const words = SYNTAX_MESSAGES[tab >= 0 && offset <= lineStart + blank.length ? 'TAB_AS_INDENT' : error.code] ?? {
    code: 'I2K101',
  };
  const position = words.code === 'I2K103' && tab >= 0 ? lineStart + tab : Math.min(offset, text.length);
  const message =
    error.code === 'UNEXPECTED_TOKEN'
      ? unexpectedToken(text, position)
      : (words.message ?? rewordedMessage(error.message));
  return new YamlProblem(words.code, message, position, syntaxHint(error, text, lineStart) ?? words.hint);
}

/** An unrendered chart is the most frequent input that is not YAML. */
function syntaxHint({ code }: YAMLParseError, text: string, lineStart: number): string | undefined {
  const line = text.slice(lineStart, lineStart + 1000).split('\n')[0] ?? '';
  if (line.includes('{{')) return 'Render a template with {{ }} first: `helm template … | i2kit synth -f -`.';
  if (code === 'UNEXPECTED_TOKEN' && /[:-] +["'[{]/.test(line)) return 'Quote the whole value.';
  return undefined;
}

function unexpectedToken(text: string, offset: number): string {
  const [found = ''] = /^(?:[\w./-]+|.)/u.exec(text.slice(offset, offset + 40)) ?? [];
  return found === '' ? 'the text ends too early' : `\`${escapeInvisible(found)}\` is not expected here`;
}

/** The package writes sentences with a capital and quotes the text found. */
function rewordedMessage(message: string): string {
  const [first = ''] = message.split('\n');
  if (first.includes('sufficiently indented'))
    return 'the brackets are not closed, or their content is not indented deeper than its key';
  return escapeInvisible(
    first.charAt(0).toLowerCase() +
      first
        .slice(1)
        .replace(/closing (.)quote/, 'closing quote $1')
        .replace(/[.:]$/, ''),
  );
}
