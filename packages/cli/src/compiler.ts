// The command line's interface to the compiler.
import {
  accountLookupOf,
  catalog,
  compile,
  domainOf,
  environmentTemplate,
  existingResourcesOf,
  imageBaseOf,
  kinds,
  positionsIn,
  render,
  secretsOf,
  workloadNames,
} from '@i2kit/compiler';
import { appLabels } from './input/appLabel.ts';
import type { Compiler } from './ports/compiler.ts';

export const compiler: Compiler = {
  requiredLookups: accountLookupOf,
  baseOf: imageBaseOf,
  catalog,
  compile,
  domainOf,
  knownLookups: existingResourcesOf,
  environmentTemplate,
  async kinds() {
    const { fieldSupport } = await import('@i2kit/compiler/fields');
    return Object.fromEntries(
      Object.entries(kinds).map(([kind, facts]) => [
        kind,
        { ...facts, fieldSupport: fieldSupport[kind as keyof typeof fieldSupport] },
      ]),
    );
  },
  positionsIn,
  secretsOf,
  appLabels,
  workloadNames,
  render(diagnostics, sources, options) {
    const known = new Set(sources.map(({ name }) => name));
    // The compiler shows places only in texts that it has; a flag or a missing file is named instead.
    const named = diagnostics.map((one) =>
      known.has(one.object.source) ? one : { ...one, message: `${one.object.source}: ${one.message}` },
    );
    return render(named, sources, options);
  },
};
