// Records the finished blocks of an upload beside the disk, so that the next run after a kill sends only the rest.
import { appendFile, readFile, rm } from 'node:fs/promises';

export interface UploadJournal {
  /** Indices of the blocks sent to this target before. */
  sentIndices(target: string): Promise<ReadonlySet<number>>;
  recordSent(target: string, index: number): Promise<void>;
  /** The upload has ended. */
  remove(): Promise<void>;
}

/** One line per block. A truncated line, or one of another target, does not count: its block is sent again. */
export function fileJournal(path: string): UploadJournal {
  return {
    async sentIndices(target) {
      const text = await readFile(path, 'utf8').catch(() => '');
      const complete = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
      const fields = complete.map((line) => line.split(' '));
      return new Set(
        fields
          .filter(([name, index]) => name === target && /^\d+$/.test(index ?? ''))
          .map(([, index]) => Number(index)),
      );
    },
    recordSent: (target, index) => appendFile(path, `${target} ${index}\n`),
    remove: () => rm(path, { force: true }),
  };
}

export const noJournal: UploadJournal = {
  sentIndices: async () => new Set(),
  recordSent: async () => {},
  remove: async () => {},
};
