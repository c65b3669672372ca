// Makes the software bill of materials of machine images, as SPDX 2.3 (https://spdx.github.io/spdx-spec/v2.3/): each
// image with the digests of its container images and components, and the agent. Pure.
import { compareText } from '@i2kit/common';
import type { Lock } from '@i2kit/compiler';
import { agentVersionKey, componentsOf, digestOf, type ImageBase } from '@i2kit/compiler/image';
import { parseReference } from './registry/reference.ts';
import type { RequiredImage } from './requiredImages.ts';

export interface SpdxPackage {
  readonly SPDXID: string;
  readonly name: string;
  readonly versionInfo: string;
  readonly downloadLocation: 'NOASSERTION';
  readonly filesAnalyzed: false;
  readonly licenseConcluded: 'NOASSERTION';
  readonly licenseDeclared: 'NOASSERTION';
  readonly copyrightText: 'NOASSERTION';
  readonly primaryPackagePurpose: 'OPERATING_SYSTEM' | 'CONTAINER' | 'APPLICATION';
  readonly comment?: string;
  readonly checksums?: readonly { readonly algorithm: 'SHA256'; readonly checksumValue: string }[];
  readonly externalRefs?: readonly {
    readonly referenceCategory: 'PACKAGE-MANAGER';
    readonly referenceType: 'purl';
    readonly referenceLocator: string;
  }[];
}

export interface SpdxRelationship {
  readonly spdxElementId: string;
  readonly relationshipType: 'DESCRIBES' | 'CONTAINS' | 'BUILD_TOOL_OF';
  readonly relatedSpdxElement: string;
}

export interface SpdxDocument {
  readonly spdxVersion: 'SPDX-2.3';
  readonly dataLicense: 'CC0-1.0';
  readonly SPDXID: 'SPDXRef-DOCUMENT';
  readonly name: string;
  readonly documentNamespace: string;
  readonly creationInfo: { readonly created: string; readonly creators: readonly string[] };
  readonly packages: readonly SpdxPackage[];
  readonly relationships: readonly SpdxRelationship[];
}

export interface SbomOptions {
  /** Name of the document: the stack. */
  readonly name: string;
  /** Version of i2kit. */
  readonly version: string;
  /** Milliseconds since 1970. */
  readonly created: number;
}

const document = 'SPDXRef-DOCUMENT';
const tool = 'SPDXRef-linuxkit';

/** The document of the images. Their content is locked: `requiredImages` refuses a lock without their digests. */
export function sbomOf(
  images: readonly RequiredImage[],
  lock: Lock,
  base: ImageBase,
  { name, version, created }: SbomOptions,
): SpdxDocument {
  const packages = new Map<string, SpdxPackage>();
  const relationships: SpdxRelationship[] = [];
  const add = (each: SpdxPackage): string => {
    packages.set(each.SPDXID, each);
    return each.SPDXID;
  };
  const relate = (from: string, relationshipType: SpdxRelationship['relationshipType'], to: string): void => {
    relationships.push({ spdxElementId: from, relationshipType, relatedSpdxElement: to });
  };
  const linuxkit = lock.versions?.['linuxkit'];
  if (linuxkit !== undefined && images.length > 0)
    add({ ...packageOf(tool, 'linuxkit', linuxkit, 'APPLICATION'), comment: 'Builds the root file system.' });
  for (const { key, architecture, groups, images: containers } of images) {
    const image = add({
      ...packageOf(`SPDXRef-image-${key.slice(0, 16)}`, `i2kit-${key}`, key, 'OPERATING_SYSTEM'),
      comment: `The machine image of ${groups.join(', ')} (${architecture}, ${base.boot}).`,
    });
    relate(document, 'DESCRIBES', image);
    if (linuxkit !== undefined) relate(tool, 'BUILD_TOOL_OF', image);
    for (const reference of [...new Set([...containers, ...componentsOf(base)])].sort())
      relate(image, 'CONTAINS', add(containerPackage(reference, lock)));
    relate(image, 'CONTAINS', add(agentPackage(architecture, lock, version)));
  }
  return {
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: document,
    name,
    documentNamespace: `https://i2kit.dev/spdx/${encodeURIComponent(name)}/${created}/${images.map(({ key }) => key.slice(0, 16)).join('-')}`,
    creationInfo: {
      created: new Date(created).toISOString().replace(/\.\d+Z$/, 'Z'),
      creators: [`Tool: i2kit-${version}`],
    },
    packages: [...packages.values()].sort((a, b) => compareText(a.SPDXID, b.SPDXID)),
    relationships,
  };
}

const packageOf = (
  SPDXID: string,
  name: string,
  versionInfo: string,
  primaryPackagePurpose: SpdxPackage['primaryPackagePurpose'],
): SpdxPackage => ({
  SPDXID,
  name,
  versionInfo,
  downloadLocation: 'NOASSERTION',
  filesAnalyzed: false,
  licenseConcluded: 'NOASSERTION',
  licenseDeclared: 'NOASSERTION',
  copyrightText: 'NOASSERTION',
  primaryPackagePurpose,
});

const checksumsOf = (digest: string): Pick<SpdxPackage, 'checksums'> => ({
  checksums: [{ algorithm: 'SHA256', checksumValue: digest.replace(/^sha256:/, '') }],
});

/** A container image by its digest: one package for all tags that stand for it. */
function containerPackage(reference: string, lock: Lock): SpdxPackage {
  const digest = digestOf(reference, lock.images) ?? '';
  const { host, repository, tag } = parseReference(reference);
  const query = new URLSearchParams({ repository_url: `${host}/${repository}`, ...(tag !== undefined && { tag }) });
  const id = `SPDXRef-container-${digest.replace(/^sha256:/, '').slice(0, 16)}`;
  return {
    ...packageOf(id, `${host}/${repository}`, tag ?? digest, 'CONTAINER'),
    ...checksumsOf(digest),
    externalRefs: [
      {
        referenceCategory: 'PACKAGE-MANAGER',
        referenceType: 'purl',
        referenceLocator: `pkg:oci/${repository.split('/').at(-1)}@${encodeURIComponent(digest)}?${query}`,
      },
    ],
  };
}

function agentPackage(architecture: RequiredImage['architecture'], lock: Lock, version: string): SpdxPackage {
  const digest = lock.versions?.[agentVersionKey(architecture)] ?? '';
  return {
    ...packageOf(`SPDXRef-agent-${architecture}`, 'i2kit-agent', version, 'APPLICATION'),
    ...checksumsOf(digest),
  };
}
