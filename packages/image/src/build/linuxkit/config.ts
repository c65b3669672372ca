// A machine group's linuxkit configuration, as data and as YAML (linuxkit's docs/yaml.md).

import { compareEntries } from '@i2kit/common';
import { cmdline, components, debugComponents, type ImageBase, type ImageLock } from '@i2kit/compiler/image';
import { DEFAULT_SCALAR_STYLE_RULES, dump, SCALAR_STYLE, type ScalarStyleRule } from 'js-yaml';
import {
  agentPath,
  agentScriptPath,
  containerConfigPath,
  digestHex,
  indexPath,
  rootfsPath,
  toolsPath,
  volumePath,
} from '../../machinePaths.ts';
import { type ImageConfig, imageConfigText } from '../../registry/manifest.ts';
import { type ContainerImage, containerImages, type ImageSource, pinnedReference } from './containerImages.ts';

/** Path of the agent's binary, relative to the folder in which linuxkit runs. */
export const agentFileName = 'i2kit-agent';

const toolsVolume = 'tools';

export interface LinuxkitService {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly env?: readonly string[];
}

export interface LinuxkitFile {
  readonly path: string;
  readonly mode: string;
  readonly contents?: string;
  readonly source?: string;
  readonly symlink?: string;
}

export interface LinuxkitConfig {
  readonly kernel: { readonly image: string; readonly cmdline: string };
  readonly init: readonly string[];
  readonly volumes: readonly { readonly name: string; readonly image: string; readonly readonly: boolean }[];
  readonly onboot: readonly LinuxkitService[];
  readonly services: readonly LinuxkitService[];
  readonly files: readonly LinuxkitFile[];
}

export interface LinuxkitConfigInput {
  readonly group: ImageSource;
  readonly lock: Pick<ImageLock, 'images'>;
  readonly base: ImageBase;
  /** Image configurations by digest (`sha256:…`), as the registry returns them. */
  readonly configs: Readonly<Record<string, ImageConfig>>;
}

/** Throws `unlocked` if a digest or a configuration is missing. */
export function linuxkitConfig({ group, lock, base, configs }: LinuxkitConfigInput): LinuxkitConfig {
  const pin = (reference: string) => pinnedReference(reference, lock.images);
  const images = containerImages(group, lock.images);
  const dhcpcd = ['/sbin/dhcpcd', '--nobackground', '-f', '/dhcpcd.conf'];
  return {
    kernel: { image: pin(components.kernel), cmdline },
    init: [components.init, components.runc, components.containerd, components.certificates, components.memlogd].map(
      pin,
    ),
    volumes: [
      { name: toolsVolume, image: pin(components.tools), readonly: true },
      ...images.map((image) => ({
        name: digestHex(image.digest),
        image: pin(image.references[0] ?? ''),
        readonly: true,
      })),
    ],
    onboot: [
      { name: 'sysctl', image: pin(components.sysctl) },
      { name: 'rngd1', image: pin(components.rngd), command: ['/sbin/rngd', '-1'] },
      // Boot continues once there is an address; the service of the same image then renews the lease.
      { name: 'dhcpcd', image: pin(components.dhcpcd), command: [...dhcpcd, '-1'] },
    ],
    services: [
      { name: 'rngd', image: pin(components.rngd) },
      { name: 'dhcpcd2', image: pin(components.dhcpcd), command: dhcpcd },
      { name: 'logwrite', image: pin(components.logwrite) },
      ...(base.debug ? debugServices(pin) : []),
    ],
    files: [...agentFiles(), ...images.flatMap((image) => containerFiles(image, configs)), indexFile(images)],
  };
}

const debugServices = (pin: (reference: string) => string): LinuxkitService[] => [
  { name: 'getty', image: pin(debugComponents.getty), env: ['INSECURE=true'] },
  { name: 'sshd', image: pin(debugComponents.sshd) },
];

function agentFiles(): LinuxkitFile[] {
  const script = [
    '#!/bin/sh',
    '# Boot waits for each of these scripts, so the agent stays in the background, and keeps itself running. It writes to the console itself.',
    `exec ${agentPath} start >/dev/null 2>&1 </dev/null`,
  ];
  return [
    { path: agentPath, mode: '0755', source: agentFileName },
    { path: agentScriptPath, mode: '0755', contents: `${script.join('\n')}\n` },
    { path: toolsPath, mode: '0755', symlink: volumePath(toolsVolume) },
  ];
}

function containerFiles({ digest }: ContainerImage, configs: LinuxkitConfigInput['configs']): LinuxkitFile[] {
  const config = configs[digest];
  if (!config) throw new Error(`the configuration of ${digest} is missing`);
  return [
    // The mode of a link is the mode of the folders created for it.
    { path: rootfsPath(digest), mode: '0755', symlink: volumePath(digestHex(digest)) },
    { path: containerConfigPath(digest), mode: '0644', contents: imageConfigText(config) },
  ];
}

/** For pods whose images were not locked: the digest of each tag when the image was built. */
function indexFile(images: readonly ContainerImage[]): LinuxkitFile {
  const entries = images.flatMap(({ digest, references }) =>
    references.map((reference) => [reference, digestHex(digest)] as const),
  );
  const sorted = entries.sort(compareEntries);
  return { path: indexPath, mode: '0644', contents: `${JSON.stringify(Object.fromEntries(sorted))}\n` };
}

/** A flag such as `-f` looks like a list item, so it is quoted. */
const quoteLeadingHyphen: ScalarStyleRule = (layout) => {
  if (layout.node.value.startsWith('-')) layout.style = SCALAR_STYLE.SINGLE_QUOTED;
};

const dumpOptions = {
  lineWidth: -1,
  noRefs: true,
  scalarStyleRules: [quoteLeadingHyphen, ...Object.values(DEFAULT_SCALAR_STYLE_RULES)],
};

/** The same configuration gives the same bytes. */
export const linuxkitYaml = (input: LinuxkitConfigInput): string =>
  `# The image of ${input.group.key}, made by i2kit.\n${dump(linuxkitConfig(input), dumpOptions)}`;
