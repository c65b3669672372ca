// The Secrets that the machines of a template read when they boot, from their unpacked user data.
import { isObject, type Json } from '@i2kit/common';
import { type Payloads, unpackUserData } from './diff/unpackUserData.ts';
import { isList, objectOf, type Template } from './template.ts';

export interface SecretReference {
  /** Name in Secrets Manager. */
  readonly name: string;
  /** Absent: the current version when the machine boots. */
  readonly version?: string;
  readonly optional: boolean;
  /** The Kubernetes object of the machine, or its logical id. */
  readonly object: string;
}

/** A payload in the environment's bucket, whose references are unknown. */
export interface PayloadObject {
  readonly key: string;
  readonly sha256: string;
}

/** References of all machines, and the payloads without which some are unknown. */
export function secretReferencesIn(
  template: Template,
  payloads?: Payloads,
): { readonly references: readonly SecretReference[]; readonly missing: readonly PayloadObject[] } {
  const references: SecretReference[] = [];
  const missing: PayloadObject[] = [];
  const visit = (json: Json | undefined, object: string): void => {
    if (isList(json)) for (const each of json) visit(each, object);
    if (!isObject(json)) return;
    const { secret, version, optional, payloadObject } = json;
    if (typeof secret === 'string' && secret.startsWith('i2kit/'))
      references.push({
        name: secret,
        ...(typeof version === 'string' && { version }),
        optional: optional === true,
        object,
      });
    if (isObject(payloadObject)) {
      const { key, sha256 } = payloadObject;
      if (typeof key === 'string' && typeof sha256 === 'string') missing.push({ key, sha256 });
    }
    for (const each of Object.values(json)) visit(each, object);
  };
  for (const [id, resource] of Object.entries(unpackUserData(template, payloads).Resources))
    visit(userDataOf(resource.Properties), objectOf(resource) ?? id);
  return { references, missing };
}

/** Of a machine, or of a launch template. */
function userDataOf(properties: { readonly [key: string]: Json } | undefined): Json | undefined {
  const data = properties?.['LaunchTemplateData'];
  return isObject(data) ? data['UserData'] : properties?.['UserData'];
}
