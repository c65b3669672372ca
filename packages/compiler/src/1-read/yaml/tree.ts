// The exact reader: a document as nodes with offsets, by the `yaml` package. Slower than js-yaml by eight times.
import { Composer, type CST, type Document, Lexer, type ParsedNode, Parser } from 'yaml';
import { MAX_DEPTH, MAX_TOKENS } from '../limits.ts';
import { type Aliases, resolveAliases } from './aliases.ts';
import { Problem } from './problem.ts';
import { syntaxProblem } from './syntax.ts';

/** A document's nodes; `range` of each is offsets into the document's text. */
export interface Tree {
  /** null where the document holds nothing. */
  readonly root: ParsedNode | null;
  /** Where each alias points to. */
  readonly aliases: Aliases;
  /** The text's length where its last line has content and no line feed. */
  readonly unended?: number;
}

/** Scalars stay the texts that they are: what they mean is for scalar.ts to say. Duplicates are found in values.ts, in linear time. */
const OPTIONS = {
  schema: 'failsafe',
  resolveKnownTags: false,
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'silent',
} as const;

/** Reads the text of one document. Throws a Problem at the first thing that cannot be read. */
export function readTree(text: string): Tree {
  const documents = [...new Composer(OPTIONS).compose(tokens(text), true, text.length)] as Document.Parsed[];
  const document = documents[0];
  if (document === undefined) return { root: null, aliases: new Map() };
  const errors = documents.flatMap((each) => each.errors).sort((a, b) => a.pos[0] - b.pos[0]);
  if (errors[0]) throw syntaxProblem(errors[0], text);
  const { explicit, version } = document.directives?.yaml ?? {};
  if (explicit && version !== '1.1') {
    throw new Problem('I2K101', `Kubernetes reads YAML 1.1, and this document says that it is ${version}`, 0, 'remove the %YAML line');
  }
  const aliases = resolveAliases(document.contents);
  const lastLine = text.slice(text.lastIndexOf('\n') + 1);
  return { root: document.contents, aliases, ...(lastLine.trim() !== '' && { unended: text.length }) };
}

/** The lexer and the parser hold no stack of calls, so that depth can be seen before the composer's recursion meets it. */
function tokens(text: string): CST.Token[] {
  const parser = new Parser();
  const all: CST.Token[] = [];
  let count = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) all.push(token);
    if (parser.stack.length > MAX_DEPTH + 2) throw tooDeep(parser.offset);
    count += 1;
    if (count > MAX_TOKENS)
      throw new Problem('I2K125', 'the document is too long for what it holds (anchors, tags, tabs or an error)', 0, 'split it');
  }
  for (const token of parser.end()) all.push(token);
  return all;
}

export function tooDeep(offset: number): Problem {
  return new Problem('I2K123', `the document nests deeper than ${MAX_DEPTH} levels`, offset);
}
