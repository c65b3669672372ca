// The part of Systems Manager's parameters that is used.

export interface ParametersPort {
  /** Undefined where there is none. */
  get(name: string): Promise<string | undefined>;
  /** Every parameter below a path, by its whole name. */
  listBelow(path: string): Promise<Readonly<Record<string, string>>>;
  /** Makes it, or gives it another value. */
  put(name: string, value: string): Promise<unknown>;
  /** One that is not there is no fault. */
  remove(names: readonly string[]): Promise<unknown>;
}
