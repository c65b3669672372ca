// How much input is read at most; a larger one is a mistake, and would take the machine's memory before it is found to be one.
const MiB = 1024 * 1024;

export const limits = { file: 16 * MiB, total: 32 * MiB, files: 10_000, settings: MiB } as const;

export const mebibytes = (bytes: number): string => `${Math.round((bytes / MiB) * 10) / 10} MiB`;
