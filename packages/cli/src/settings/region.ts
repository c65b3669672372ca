// The region: of flags, I2KIT_REGION and i2kit.yaml, else of AWS's own variables; its files are asked where there is none.
import type { Config } from '@i2kit/compiler';
import type { Io } from '../io.ts';

export const regionOf = ({ env }: Pick<Io, 'env'>, { region }: Config): string | undefined =>
  region ?? (env['AWS_REGION'] || env['AWS_DEFAULT_REGION'] || undefined);
