// The lock file: reading, changing and writing it.
export { amiOf, pruned, type ResolveOptions, resolveImages, type TagChange, withAmis, withImages, withVersions } from './decisions.ts';
export { readLock, updateLock } from './file.ts';
export { lockText, readLockText } from './text.ts';
export { emptyLock, type ImageLock, type LockFile } from './types.ts';
