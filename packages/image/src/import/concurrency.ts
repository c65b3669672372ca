// Processes a list with a number of workers; the first failure stops all of them.

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
  // Awaits all workers: none may continue after the caller has returned.
  await Promise.all(Array.from({ length: Math.min(workers, items.length) }, worker));
  if (failed) throw failures[0];
}
