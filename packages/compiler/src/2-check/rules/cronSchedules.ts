// The schedule of a CronJob, as validateCronJobSpec of Kubernetes, and whether Auto Scaling can express it.
import { parseSchedule } from '../../kinds/shared/cron.ts';
import { completionsOf } from '../../kinds/shared/pods.ts';
import { objectRule } from '../rule.ts';

/** Areas of the IANA time zones, and the zones in no area. Auto Scaling checks the cities. */
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

export const cronSchedules = objectRule('CronJob', ['I2K336', 'I2K472', 'I2K551'], ({ spec }, reportAt) => {
  const { schedule, timeZone, concurrencyPolicy, jobTemplate } = spec;
  const read = parseSchedule(schedule);
  if (/TZ/.test(schedule))
    reportAt(['spec', 'schedule'], `the schedule ${JSON.stringify(schedule)} contains a time zone`, {
      hint: 'Use timeZone.',
    });
  else if (!read.ok) {
    const [{ message, inexpressible }] = read.problems;
    reportAt(
      ['spec', 'schedule'],
      `the schedule ${JSON.stringify(schedule)} ${message}`,
      inexpressible ? { code: 'I2K472' } : {},
    );
  }
  if (timeZone !== undefined) {
    if (!isTimeZone(timeZone))
      reportAt(['spec', 'timeZone'], `${JSON.stringify(timeZone)} is not a time zone`, {
        hint: 'Example: Europe/Vienna.',
      });
  }
  const policy = ['spec', 'concurrencyPolicy'];
  if (!['Allow', 'Forbid', 'Replace'].includes(concurrencyPolicy)) {
    reportAt(policy, `${JSON.stringify(concurrencyPolicy)} is not Allow, Forbid or Replace`);
  } else if (concurrencyPolicy === 'Replace') {
    reportAt(policy, 'a machine does not end because the next run is due', {
      code: 'I2K472',
      hint: 'Use Forbid, and activeDeadlineSeconds.',
    });
  } else if (concurrencyPolicy === 'Allow') {
    reportAt(policy, 'while one run goes on, no other starts', { code: 'I2K551' });
  }
  const { parallelism, suspend } = jobTemplate.spec;
  const path = ['spec', 'jobTemplate', 'spec'];
  if (parallelism !== undefined && parallelism < completionsOf(jobTemplate.spec)) {
    reportAt([...path, 'parallelism'], 'all completions of a run start at once', {
      code: 'I2K472',
      hint: 'Leave parallelism out.',
    });
  }
  if (suspend)
    reportAt([...path, 'suspend'], 'a suspended Job would never start', {
      code: 'I2K472',
      hint: 'Suspend the CronJob.',
    });
});
