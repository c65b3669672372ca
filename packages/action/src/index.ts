// Entry point of the bundle: GitHub runs it with the inputs, the event and the token in its environment.
import { join } from 'node:path';
import { runAction } from './runAction.ts';
import { errorCommand } from './workflowCommands.ts';

const environment = {
  env: process.env,
  cli: join(__dirname, 'i2kit/bin/i2kit.cjs'),
  write: (text: string) => void process.stdout.write(text),
};
runAction(environment).then(
  (code) => {
    process.exitCode = code;
  },
  (thrown: unknown) => {
    process.stdout.write(errorCommand(thrown instanceof Error ? thrown.message : String(thrown)));
    process.exitCode = 1;
  },
);
