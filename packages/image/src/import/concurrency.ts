// Works a list off with a number of workers; the first failure stops all of them.

export async function forEachConcurrently<T>(
  items: readonly T[],
  workers: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  let failed = false;
  const failures: unknown[] = [];
  const worker = async (): Promise<void> => {
    while (!failed && next < items.length) {
      const item = items[next++] as T;
      try {
        await work(item);
      } catch (error) {
        failed = true;
        failures.push(error);
      }
    }
  };
  // All are awaited: what is still in flight must not go on behind the caller's back.
  await Promise.all(Array.from({ length: Math.min(workers, items.length) }, worker));
  if (failed) throw failures[0];
}
