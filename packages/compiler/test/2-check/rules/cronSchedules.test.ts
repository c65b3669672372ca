import { cronSchedules } from '../../../src/2-check/rules/cronSchedules.ts';
import { cronJob, withFields } from '../../helpers/objects.ts';
import { findingsOf } from '../../helpers/rules.ts';

it.each<[Record<string, unknown>, readonly string[]]>([
  [{}, []],
  [{ 'spec.schedule': 'every day' }, ['I2K336 spec.schedule']],
  [{ 'spec.schedule': 'CRON_TZ=Europe/Vienna 0 3 * * *' }, ['I2K336 spec.schedule']],
  [{ 'spec.schedule': '@every 1h' }, ['I2K472 spec.schedule']],
  [{ 'spec.timeZone': 'Europe/Vienna' }, []],
  [{ 'spec.timeZone': 'Local' }, ['I2K336 spec.timeZone']],
  [{ 'spec.timeZone': '../etc/passwd' }, ['I2K336 spec.timeZone']],
  [{ 'spec.concurrencyPolicy': 'Replace' }, ['I2K472 spec.concurrencyPolicy']],
  [{ 'spec.concurrencyPolicy': 'Allow' }, ['I2K551 spec.concurrencyPolicy']],
  [{ 'spec.concurrencyPolicy': undefined }, ['I2K551 spec']],
  [{ 'spec.concurrencyPolicy': 'Wait' }, ['I2K336 spec.concurrencyPolicy']],
  [
    { 'spec.jobTemplate.spec.completions': 3, 'spec.jobTemplate.spec.parallelism': 2 },
    ['I2K472 spec.jobTemplate.spec.parallelism'],
  ],
  [{ 'spec.jobTemplate.spec.suspend': true }, ['I2K472 spec.jobTemplate.spec.suspend']],
])('of %j', (changes, expected) => expect(findingsOf(cronSchedules, [withFields(cronJob, changes)])).toEqual(expected));
