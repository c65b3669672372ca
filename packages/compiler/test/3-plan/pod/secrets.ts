// The secrets of a pod, in the short form in which tests compare them.
import { jsonPointer } from '../../../src/diagnostic.ts';
import { compiledOf, deploymentOf } from './fixtures.ts';

export const secretsOf = (spec: object) =>
  compiledOf([deploymentOf(spec)]).secrets.map(({ name, optional, origin }) => ({
    name,
    optional,
    path: jsonPointer(origin.path),
  }));
