// What an import says while it goes on.

export type ImportEvent =
  /** Nothing to do: the image is there. */
  | { readonly kind: 'found'; readonly region: string; readonly image: string }
  /** A snapshot that an earlier run began, or finished. */
  | { readonly kind: 'resumed'; readonly snapshot: string }
  | { readonly kind: 'started'; readonly snapshot: string }
  /** Bytes of the disk that have arrived. */
  | { readonly kind: 'uploaded'; readonly done: number; readonly total: number }
  /** AWS works: in percent, where it says. */
  | { readonly kind: 'waiting'; readonly for: string; readonly percent?: number }
  | { readonly kind: 'snapshot'; readonly snapshot: string }
  | { readonly kind: 'registered'; readonly region: string; readonly image: string }
  | { readonly kind: 'copying'; readonly region: string; readonly image: string }
  | { readonly kind: 'available'; readonly region: string; readonly image: string }
  | { readonly kind: 'shared'; readonly region: string; readonly accounts: readonly string[] };
