// The Systems Manager parameter calls of the runner.

export interface ParametersPort {
  /** Undefined if it does not exist. */
  get(name: string): Promise<string | undefined>;
  /** Every parameter below a path, by its full name. */
  listBelow(path: string): Promise<Readonly<Record<string, string>>>;
  /** Creates or overwrites it. */
  put(name: string, value: string): Promise<unknown>;
  /** Deleting a missing parameter is not an error. */
  remove(names: readonly string[]): Promise<unknown>;
}
