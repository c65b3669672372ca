// A property's path as people say it: what the payload holds is named as the manifest has it.

/** `LaunchTemplateData.UserData.pod.containers.[web].env.[LOG].value` -> `containers[web].env[LOG]`. */
export function nameOf(path: readonly string[]): string {
  const at = path.indexOf('UserData');
  const inner = at < 0 ? path : path.slice(at + 1);
  const shown = at >= 0 && inner.length === 0 ? ['user data'] : inner[0] === 'pod' ? inner.slice(1) : inner;
  const named =
    shown.length > 1 && shown[shown.length - 1] === 'value' && shown[shown.length - 2]?.startsWith('[') ? shown.slice(0, -1) : shown;
  return named.reduce((text, key) => (key.startsWith('[') || text === '' ? `${text}${key}` : `${text}.${key}`), '');
}
