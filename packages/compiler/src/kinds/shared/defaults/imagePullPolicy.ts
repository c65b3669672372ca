// The pull policy that Kubernetes gives to an image by its tag.

const host = String.raw`(?:(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?`;
const part = '[a-z0-9]+(?:(?:[._]|__|[-]+)[a-z0-9]+)*';
const REFERENCE = new RegExp(
  String.raw`^(?:${host}/)?(${part}(?:/${part})*)(?::(\w[\w.-]{0,127}))?(?:@([A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}))?$`,
);
const DIGEST = /^(?:sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128})$/;

/** An image without a tag and without a digest is `latest`. A name that cannot be read counts as one with a tag. */
export const defaultPullPolicy = (image: unknown): string =>
  imageTag(typeof image === 'string' ? image : '') === 'latest' ? 'Always' : 'IfNotPresent';

/** Go's ParseNormalizedNamed of distribution/reference; undefined if it fails or if there is only a digest. */
function imageTag(image: string): string | undefined {
  if (/^[a-f0-9]{64}$/.test(image)) return undefined;
  const [domain, rest] = splitDomain(image);
  const remote = rest.split(':', 1)[0] ?? '';
  if (remote.toLowerCase() !== remote) return undefined;
  const match = REFERENCE.exec(`${domain}/${rest}`);
  if (!match) return undefined;
  const [, path = '', tag, digest] = match;
  if (path.length > 255 || (digest !== undefined && !DIGEST.test(digest))) return undefined;
  return tag ?? (digest === undefined ? 'latest' : undefined);
}

function splitDomain(name: string): [domain: string, rest: string] {
  const slash = name.indexOf('/');
  if (slash < 0) return ['docker.io', `library/${name}`];
  const first = name.slice(0, slash);
  const rest = name.slice(slash + 1);
  if (first === 'localhost') return [first, rest];
  const isDomain = /[.:]/.test(first) || first.toLowerCase() !== first;
  // The Hub's short names stand for library/ ones; both of its own names, and no name, mean the Hub.
  if (isDomain && first !== 'docker.io' && first !== 'index.docker.io') return [first, rest];
  const remote = isDomain ? rest : name;
  return ['docker.io', remote.includes('/') ? remote : `library/${remote}`];
}
