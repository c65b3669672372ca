// When a CronJob's pods run. As validateCronJobSpec of Kubernetes; and a schedule of Auto Scaling says the same.
import { parseSchedule } from '../../kinds/shared/cron.ts';
import { completionsOf } from '../../kinds/shared/pods.ts';
import { objectRule } from '../rule.ts';

/** Areas of the IANA time zones, and those that are in none; which cities there are is Auto Scaling's to know. */
const AREAS =
  'Africa America Antarctica Arctic Asia Atlantic Australia Brazil Canada Chile Etc Europe Indian Mexico Pacific US'.split(
    ' ',
  );
const ZONES_WITHOUT_AREA =
  'CET CST6CDT Cuba EET EST EST5EDT Egypt Eire GB GB-Eire GMT GMT+0 GMT-0 GMT0 Greenwich HST Hongkong Iceland Iran Israel Jamaica Japan Kwajalein Libya MET MST MST7MDT NZ NZ-CHAT Navajo PRC PST8PDT Poland Portugal ROC ROK Singapore Turkey UCT UTC Universal W-SU WET Zulu'.split(
    ' ',
  );
const CITY = /^(?!-)[A-Za-z._0-9+-]{1,30}$/;

function isTimeZone(name: string): boolean {
  const [area = '', ...cities] = name.split('/');
  return cities.length === 0
    ? ZONES_WITHOUT_AREA.includes(area)
    : AREAS.includes(area) && cities.every((city) => CITY.test(city) && !/^\.+$/.test(city));
}

export const cronSchedules = objectRule('CronJob', ['I2K336', 'I2K472', 'I2K551'], ({ spec }, say) => {
  const { schedule, timeZone, concurrencyPolicy, jobTemplate } = spec;
  const read = parseSchedule(schedule);
  if (/TZ/.test(schedule))
    say(['spec', 'schedule'], `the schedule ${JSON.stringify(schedule)} names a time zone`, { hint: 'use timeZone' });
  else if ('problem' in read) {
    say(
      ['spec', 'schedule'],
      `the schedule ${JSON.stringify(schedule)} ${read.problem}`,
      read.unfit ? { code: 'I2K472' } : {},
    );
  }
  if (timeZone !== undefined) {
    if (!isTimeZone(timeZone))
      say(['spec', 'timeZone'], `${JSON.stringify(timeZone)} is no time zone`, { hint: 'for example, Europe/Vienna' });
  }
  const policy = ['spec', 'concurrencyPolicy'];
  if (!['Allow', 'Forbid', 'Replace'].includes(concurrencyPolicy)) {
    say(policy, `${JSON.stringify(concurrencyPolicy)} is none of Allow, Forbid and Replace`);
  } else if (concurrencyPolicy === 'Replace') {
    say(policy, 'nothing ends a machine because the next one is due', {
      code: 'I2K472',
      hint: 'use Forbid, and activeDeadlineSeconds',
    });
  } else if (concurrencyPolicy === 'Allow') {
    say(policy, 'while one run goes on, no other is started', { code: 'I2K551' });
  }
  const { parallelism, suspend } = jobTemplate.spec;
  const at = ['spec', 'jobTemplate', 'spec'];
  if (parallelism !== undefined && parallelism < completionsOf(jobTemplate.spec)) {
    say([...at, 'parallelism'], 'all completions of a run start at once', {
      code: 'I2K472',
      hint: 'leave parallelism out',
    });
  }
  if (suspend)
    say([...at, 'suspend'], 'nothing would ever start what is suspended', {
      code: 'I2K472',
      hint: 'suspend the CronJob',
    });
});
