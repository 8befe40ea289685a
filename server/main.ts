#!/usr/bin/env node
import { COMMANDS } from './commands/commands.ts';
import { serve } from './commands/serve.ts';
import { explain } from './explain.ts';
import { effectiveConfig, helpText } from './config/print.ts';
import { readConfig } from './config/read.ts';
import * as paths from './paths.ts';

try {
  await main();
} catch (error) {
  process.stderr.write(`rtc-elements: ${explain(error)}\n`);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const invocation = readConfig({ args: process.argv.slice(2), env: process.env, commands: COMMANDS });
  const { values, command } = invocation;
  if (values['help']) process.stdout.write(helpText(COMMANDS));
  else if (values['version']) process.stdout.write(`${paths.version}\n`);
  else if (values['print-config']) process.stdout.write(effectiveConfig(invocation));
  else await (COMMANDS[command]?.run ?? serve)(invocation);
}
