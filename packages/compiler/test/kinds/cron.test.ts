// Schedules as robfig/cron reads them, written as Auto Scaling takes them.
import { parseSchedule } from '../../src/kinds/shared/cron.ts';

it.each([
  ['*/15 * * * *', '0,15,30,45 * * * *'],
  ['0 3 * * mon-FRI', '0 3 * * 1,2,3,4,5'],
  ['5/20 0 1 jan,jul ?', '5,25,45 0 1 1,7 *'],
  [
    '0  0-6/2 1-31 * */1',
    '0 0,2,4,6 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31 * *',
  ],
  ['*-5 +3 * * *', '* 3 * * *'],
  ['@daily', '0 0 * * *'],
  ['@weekly', '0 0 * * 0'],
])('%s is %s', (text, recurrence) => expect(parseSchedule(text)).toEqual({ ok: true, value: recurrence }));

it.each([
  '',
  '* * * *',
  '* * * * * *',
  '60 * * * *',
  '* 24 * * *',
  '* * 0 * *',
  '* * * 13 *',
  '* * * * 7',
  '5-1 * * * *',
  '*/0 * * * *',
  '1/2/3 * * * *',
  'x * * * *',
  '@often',
])('%j is none', (text) => expect(parseSchedule(text)).toHaveProperty('ok', false));
