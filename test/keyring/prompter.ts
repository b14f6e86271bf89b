import { connect } from 'node:net';

// Stands in for the window that asks for the keychain's password, on a screen that nobody looks at: it is started, and
// never says a word on the bus. It lives as long as the connection to the test that watches it.
const [path = ''] = process.argv.slice(2);
connect(path)
  .on('close', () => process.exit(1))
  .on('error', () => process.exit(1));
