// linuxkit configuration as text: the same configuration gives the same bytes.
import { dump } from 'js-yaml';
import { type ConfigInput, linuxkitConfig } from './config.ts';

export const linuxkitYaml = (input: ConfigInput): string =>
  `# The image of ${input.group.key}, made by i2kit.\n${dump(linuxkitConfig(input), { lineWidth: -1, noRefs: true, quotingType: "'", forceQuotes: false })}`;
