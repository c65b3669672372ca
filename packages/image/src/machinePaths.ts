// Paths inside a machine: where an image puts files, and where the agent reads them. Both sides follow this file.
//
//   /usr/bin/i2kit-agent                    the agent
//   /etc/init.d/030-i2kit                   starts it, once containerd runs
//   /usr/lib/i2kit/tools                    a root file system with mkfs, e2fsck and similar tools (a link to one)
//   /containers/<digest>/rootfs             a container image's file system (a folder, or a link to one); never written to
//   /containers/<digest>/config.json        its OCI image configuration: {"config":{"Env":[],"Entrypoint":[],"User":"",…}}
//   /containers/index.json                  {"<reference as in the manifest>":"<digest>"}
//
// <digest> is the 64 hexadecimal digits of the image's SHA-256. The name follows the content, not the container: all
// containers with the same content share an image. The agent takes the digest from the container's `image`
// (`…@sha256:<digest>`), else from index.json, else the container's name, which a hand-made image has in place of a
// digest. (packages/agent/internal/boot/image.go is the other side.)

export const agentPath = '/usr/bin/i2kit-agent';
export const agentScriptPath = '/etc/init.d/030-i2kit';
export const toolsPath = '/usr/lib/i2kit/tools';
export const containersPath = '/containers';
export const indexPath = `${containersPath}/index.json`;

/** `digest`: `sha256:<64 hexadecimal digits>`. */
export const containerPath = (digest: string): string => `${containersPath}/${digestHex(digest)}`;
export const rootfsPath = (digest: string): string => `${containerPath(digest)}/rootfs`;
export const containerConfigPath = (digest: string): string => `${containerPath(digest)}/config.json`;

/** Folder in which linuxkit unpacks the image of a volume. */
export const volumePath = (name: string): string => `/containers/volumes/${name}/lower`;

export const digestHex = (digest: string): string => digest.replace(/^sha256:/, '');
