export function populated(
  names: readonly string[],
):
  | { readonly objects: Readonly<Record<string, unknown>>; readonly lacking?: never }
  | { readonly lacking: string; readonly objects?: never };
