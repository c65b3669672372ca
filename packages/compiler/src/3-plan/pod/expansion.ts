// `$(NAME)` in values, commands and arguments: third_party/forked/golang/expansion of Kubernetes.

/**
 * Replaces `$(NAME)` by the variable's value, and `$$` by `$`. What names no variable, or is not closed, stays as it is.
 * The agent does this for what depends on the boot (contract/vectors/expansion.json holds both to the same answers).
 */
export function expand(input: string, variable: (name: string) => string | undefined): string {
  return input.replace(/\$(?:\$|\(([^)]*)\))/g, (whole, name?: string) => (name === undefined ? '$' : (variable(name) ?? whole)));
}

/** True where expansion could change the text. */
export function expands(input: string): boolean {
  return /\$[$(]/.test(input);
}
