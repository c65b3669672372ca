// The definition of a Kubernetes kind. Each kind that compiles is one file beside this one.
import type { Path } from '../diagnostic.ts';
import type { JsonObject } from './shared/defaults/jsonObject.ts';
import type { FieldSupportTable } from './shared/fields/fieldSupport.ts';

export interface KindSpec {
  /** The version that is read, e.g. `apps/v1`. */
  readonly apiVersion: string;
  /** Versions that Kubernetes has removed; the diagnostic names the current one. */
  readonly formerApiVersions: readonly string[];
  /** Other versions that Kubernetes serves, each with its conversion to `apiVersion`. */
  readonly conversions?: Readonly<Record<string, (written: Readonly<Record<string, unknown>>) => Conversion>>;
  readonly namespaced: boolean;
  /** The resources that it becomes, in words, for the documentation and `i2kit explain`. */
  readonly becomes: string;
  /** Sets Kubernetes' own defaults in an object, which is a copy without nulls. */
  setDefaults(object: JsonObject): void;
  /**
   * The support of each field; see the kind's page in Kubernetes' API reference. Compiling does not call it: the build
   * writes the refused and warned fields to `generated/reportedFields.js`.
   */
  fields(): FieldSupportTable;
}

/** An object in the version that is read. */
export interface Conversion {
  readonly object: Readonly<Record<string, unknown>>;
  /** Paths of fields that the written version does not have. */
  readonly unknownFields: readonly Path[];
}
