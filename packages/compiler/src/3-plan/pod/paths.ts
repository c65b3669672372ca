// Paths inside of volumes.

/** A relative path without empty parts and `.`, as Go's `filepath.Clean` gives it; `..` is refused before. Empty: the volume itself. */
export function cleanPath(path: string): string {
  return path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}

/** A path in a container: the kubelet takes a relative one from the root (`MakeAbsolutePath`). */
export function absolutePath(path: string): string {
  return path.startsWith('/') ? path : `/${path}`;
}
