// Pages of help, laid out by yargs from the tables of commands and flags.
import type { Options } from 'yargs';
// The CommonJS build, which wraps between words; the other one cuts words.
import yargs from 'yargs/yargs';
import type { Command, Commands } from '../context.ts';
import { type FlagName, flagOf, globalFlags } from '../flags.ts';
import { flagSections } from './sections.ts';

/** All commands, or those that begin with a word (`env`). */
export async function overviewPage(commands: Commands, group: string, width: number): Promise<string> {
  const page = newPage(width).usage(
    'i2kit compiles Kubernetes manifests into CloudFormation templates.\n\nUsage: i2kit COMMAND [flags]',
  );
  for (const [name, { summary }] of Object.entries(commands)) {
    if (name.startsWith(group)) page.command(name, summary);
  }
  return pageText(
    page,
    [
      "'i2kit COMMAND --help' says more about a command.",
      'Flags win over I2KIT_* variables, and those over i2kit.yaml.',
    ].join('\n'),
  );
}

export async function commandPage(
  { usage, summary, description, flags, shortFlags: letters = {}, examples, outputFormats: outputs }: Command,
  width: number,
): Promise<string> {
  const page = newPage(width).usage(
    `${summary}.${description ? `\n\n${description}` : ''}\n\nUsage: i2kit ${usage}${flags.length > 0 ? ' [flags]' : ''}`,
  );
  for (const { title, flags: ofSection } of flagSections) {
    for (const name of ofSection.filter((each) => flags.includes(each))) {
      const [letter] = Object.keys(letters).filter((each) => letters[each] === name);
      page.option(name, { ...pageOption(name, outputs), ...(letter && { alias: letter }), group: `${title}:` });
    }
  }
  for (const name of globalFlags) page.option(name, { ...pageOption(name), group: 'All commands:' });
  for (const [command, what] of examples)
    page.example(command.startsWith('i2kit') || command.includes('|') ? command : `i2kit ${command}`, what);
  const variables = flags.flatMap((name) => flagOf(name).variable ?? []);
  return pageText(page, variables.length > 0 ? pageNotes : '');
}

const pageNotes = [
  'Flags win over variables, and those over i2kit.yaml. I2KIT_MANIFEST holds manifests in base64.',
  'I2KIT_DOCKER_CONFIG, I2KIT_CREDENTIALS, I2KIT_SUBNET and I2KIT_SECURITY_GROUP concern images and deploying: no ' +
    'template depends on them.',
  'Exit code: 0 fine, 1 differences, 2 bad input or wrong usage, 3 AWS or the deployment failed, 4 a guard ' +
    'refused, 5 still running, 130 interrupted, 70 a bug of i2kit.',
].join('\n');

const newPage = (width: number) =>
  yargs([])
    .scriptName('i2kit')
    .help(false)
    .version(false)
    .detectLocale(false)
    .updateStrings({ 'default:': '=' })
    .wrap(width);

function pageOption(name: FlagName, outputs?: readonly string[]): Options {
  const { short, describe, variable, value } = flagOf(name);
  const choices = name === 'output' && outputs ? `: ${outputs.join(', ')}` : '';
  return {
    describe: `${describe}${choices}${variable ? ` ($${variable})` : ''}`,
    ...(short !== undefined && { alias: short }),
    // Shown as [= FILE]: the place of a default is the only one on the right that yargs lets us fill.
    ...(value !== undefined && { defaultDescription: value }),
  };
}

const pageText = async (page: ReturnType<typeof newPage>, epilogue: string): Promise<string> =>
  `${(await (epilogue ? page.epilogue(epilogue) : page).getHelp()).trimEnd()}\n`;
