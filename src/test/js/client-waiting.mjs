// The npm client of 2025-11-25 and older, which knows the tasks of its own revision, against `<url>`: it waits for calls
// that become tasks behind Turnpike, gives what they need, and sees them fail.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { CallToolResultSchema, ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { expect, failure, Report } from './lib/report.mjs';

const [url] = process.argv.slice(2);
const report = new Report('client-waiting', url);

const client = new Client(
  { name: 'turnpike-test', version: '1' },
  { capabilities: { elicitation: { form: {} }, tasks: { list: {} } } },
);
const asked = [];
client.setRequestHandler(ElicitRequestSchema, async ({ params }) => {
  asked.push(params.message);
  return { action: 'accept', content: { confirm: true, value: `answer ${asked.length}` } };
});
await client.connect(new StreamableHTTPClientTransport(new URL(url)));

const call = (name, args = {}) =>
  client.request({ method: 'tools/call', params: { name, arguments: args } }, CallToolResultSchema);
const text = (result) => result.content.map((part) => part.text).join();

await report.step('the server has no tasks to be asked for', async () => {
  expect(client.getServerCapabilities().tasks === undefined, 'none', client.getServerCapabilities());
});

await report.step('a call that becomes a task', async () => {
  const result = await call('slow_compute', { seconds: 1, label: 'x' });
  expect(result.content.length === 1 && !result.isError, 'has its result', result);
  return text(result);
});

await report.step('a call that does not', async () => {
  expect(text(await call('greet', { name: 'Ann' })) === 'Hello, Ann!', 'has its result, too');
});

await report.step('a task that fails as a tool does', async () => {
  const result = await call('failing_job');
  expect(result.isError === true && text(result) === 'it did not work', 'has a result that is an error', result);
});

await report.step('a task that fails as a server does', async () => {
  const error = await failure(() => call('protocol_error_job'));
  expect(error.code === -32603 && error.message.includes('the server broke'), 'is an error', error);
});

await report.step('a task that asks', async () => {
  expect(text(await call('confirm_delete', { filename: 'a.txt' })) === 'deleted a.txt', 'is answered', asked);
  expect(asked.length === 1 && asked[0] === 'Delete a.txt?', 'was asked once', asked);
});

await report.step('a task that asks for two things', async () => {
  const result = await call('multi_input');
  expect(asked.length === 3, 'was asked for both, once each', asked);
  return text(result);
});

await client.close();
report.end();
