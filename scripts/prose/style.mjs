// The house style as patterns: each is an expression that plain English has a shorter word for.

/** `{ pattern, use }`: what the linter refuses, and what to write instead. */
export const style = [
  {
    // A question may begin so; a sentence may not have an interrogative as its subject.
    pattern:
      /(?:^|[.!?:]\s+)(?:What|Who|Whoever|Whose|Of what|Of which|By what)\b(?! (?:can|may) reach)(?! \$?X? ?is an alias)(?![^.]*\?)/,
    use: 'a noun as the subject: not "What has changed", but "The changes"',
  },
  { pattern: /\bthat (?:is|are) there\b(?! no)/, use: '"existing"' },
  { pattern: /\bif (?:absent|it is absent)\b|\babsent:/, use: '"default: …"' },
  { pattern: /\bmay be repeated\b/, use: '"repeatable"' },
  { pattern: /\bas is usual\b/, use: '"default"' },
  { pattern: /\b(?:said|told|shown|described) in words\b/, use: '"human-readable"' },
  { pattern: /\banew\b/i, use: '"again"' },
  { pattern: /\bmend(?:s|ed|ing)?\b/i, use: '"fix"' },
  { pattern: /\bno terminal\b|\bis no (?:file|directory|error|JSON|number)\b/, use: '"is not a …"' },
  { pattern: /\bnobody\b[^.]{0,30}\bcan be asked\b/i, use: '"Cannot prompt"' },
  { pattern: /\bfor want of\b/, use: '"because … is missing"' },
  { pattern: /\bwhereof\b|\bthereof\b|\btherein\b|\bwherein\b/i, use: 'a plain preposition' },
];
