// A queue between producers that push and one consumer that iterates.

export interface EventQueue<T> {
  push(item: T): void;
  close(): void;
  /** Throws the error to the consumer. */
  fail(error: unknown): void;
  drain(): AsyncGenerator<T, void, void>;
}

export function newEventQueue<T>(): EventQueue<T> {
  let items: T[] = [];
  let closed = false;
  let failure: { readonly error: unknown } | undefined;
  let wake = (): void => {};
  return {
    push(item) {
      items.push(item);
      wake();
    },
    close() {
      closed = true;
      wake();
    },
    fail(error) {
      failure ??= { error };
      wake();
    },
    async *drain() {
      for (;;) {
        const batch = items;
        items = [];
        yield* batch;
        if (failure) throw failure.error;
        if (items.length > 0) continue;
        if (closed) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}
