import { parseArgs } from 'node:util';
import { startControl } from './core/control-server.ts';
import { startGoogle } from './index.ts';

const USAGE = `Usage: npm run google -- [options]

  --port N           port of the double (default: the one the state remembers, or any free one)
  --events N         events in the first person's primary calendar (default 50)
  --seed N           what the seeded people and events are made from (default 1)
  --state FILE       keep grants, calendars and the signing key here between runs
  --control-port N   port of the control side (default: any free port)
  --help             show this
`;

interface Arguments {
  port: number | undefined;
  events: number;
  seed: number;
  controlPort: number;
  state: string | undefined;
}

async function main(): Promise<void> {
  const given = readArguments();
  if (given === 'help') {
    process.stdout.write(USAGE);
    return;
  }
  const { port, events, seed, state, controlPort } = given;
  const google = await startGoogle({
    events,
    seed,
    ...(port !== undefined && { port }),
    ...(state !== undefined && { state }),
  });
  const control = await startControl(google.control, controlPort).catch(async (error: unknown) => {
    await google.close();
    throw error;
  });
  process.stdout.write(`The Google double is at ${google.issuer}

  MOORING_GOOGLE_ISSUER=${google.issuer}
  MOORING_GOOGLE_API_ROOT=${google.apiRoot}
  MOORING_CLIENT_ID=${google.clientId}
  MOORING_CLIENT_SECRET=${google.clientSecret}

Control is at ${control.url} with the key ${control.key}, for example:

  curl -d '[]' -H 'Authorization: Bearer ${control.key}' ${control.url}/people

Press Ctrl+C to stop.
`);
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await Promise.all([control.close(), google.close()]);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

function readArguments(): Arguments | 'help' {
  const string = { type: 'string' } as const;
  const { values } = parseArgs({
    options: {
      port: string,
      events: string,
      seed: string,
      state: string,
      'control-port': string,
      help: { type: 'boolean' },
    },
  });
  if (values.help) return 'help';
  return {
    port: values.port === undefined ? undefined : wholeNumber('port', values.port, 0, 65535),
    events: wholeNumber('events', values.events, 50, 2_000_000),
    seed: wholeNumber('seed', values.seed, 1, 2 ** 32 - 1),
    controlPort: wholeNumber('control-port', values['control-port'], 0, 65535),
    state: values.state,
  };
}

function wholeNumber(name: string, text: string | undefined, otherwise: number, highest: number): number {
  if (text === undefined) return otherwise;
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= highest) return number;
  throw new Error(`--${name} must be a whole number from 0 to ${highest}, not "${text}"`);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  process.exitCode = 1;
}
