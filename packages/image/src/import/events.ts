// The events of an import.

export type ImportEvent =
  /** Nothing to do: the image exists. */
  | { readonly kind: 'found'; readonly region: string; readonly image: string }
  /** A snapshot that an earlier run started, or finished. */
  | { readonly kind: 'resumed'; readonly snapshot: string }
  | { readonly kind: 'started'; readonly snapshot: string }
  /** Bytes of the disk sent so far. */
  | { readonly kind: 'uploaded'; readonly done: number; readonly total: number }
  /** AWS is working: in percent, if AWS reports it. */
  | { readonly kind: 'waiting'; readonly for: string; readonly percent?: number }
  | { readonly kind: 'snapshot'; readonly snapshot: string }
  | { readonly kind: 'registered'; readonly region: string; readonly image: string }
  | { readonly kind: 'copying'; readonly region: string; readonly image: string }
  | { readonly kind: 'available'; readonly region: string; readonly image: string }
  | { readonly kind: 'shared'; readonly region: string; readonly accounts: readonly string[] };
