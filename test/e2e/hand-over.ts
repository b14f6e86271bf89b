import process from 'node:process';

// Stands where a person's browser stands: `node hand-over.ts RECEIVER ADDRESS` gives the address to the test's browser.
const [receiver, address] = process.argv.slice(2);
if (receiver !== undefined && address !== undefined) await fetch(receiver, { method: 'POST', body: address });
