// The npm client of the eras with `initialize` against npm's server-everything at `<url>`.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import {
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  ListRootsRequestSchema,
  ToolListChangedNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { eventually, expect, Report } from './lib/report.mjs';

const url = process.argv[2];
const report = new Report('client-everything', url);
const client = new Client(
  { name: 'turnpike-client-everything', version: '1.0.0' },
  { capabilities: { elicitation: {}, sampling: {}, roots: { listChanged: true } } },
);
const transport = new StreamableHTTPClientTransport(new URL(url));
client.setRequestHandler(ElicitRequestSchema, () => ({ action: 'accept', content: { name: 'Alice' } }));
client.setRequestHandler(CreateMessageRequestSchema, () => ({
  role: 'assistant',
  model: 'none',
  content: { type: 'text', text: 'all is well' },
}));
let rootsAsked = 0;
client.setRequestHandler(ListRootsRequestSchema, () => {
  rootsAsked += 1;
  return { roots: [{ uri: 'file:///srv/project', name: 'project' }] };
});
client.setNotificationHandler(ToolListChangedNotificationSchema, () => {});

const call = (name, args = {}, options) => client.callTool({ name, arguments: args }, undefined, options);

await report.step('initialize', async () => {
  await client.connect(transport);
  // The server asks for the roots by itself, on the GET stream, a moment after the handshake.
  await eventually(() => rootsAsked > 0, 'the server asks for the roots');
  return client.getServerVersion();
});
await report.step('list', async () => {
  const names = (await client.listTools()).tools.map((tool) => tool.name);
  expect(names.includes('echo') && names.includes('get-sum'), 'the tools are listed', names);
  expect(names.includes('trigger-sampling-request'), 'also those that need a capability of ours', names);
  expect((await client.listResourceTemplates()).resourceTemplates.length > 0, 'templates are listed');
  expect((await client.listPrompts()).prompts.length > 0, 'prompts are listed');
  return names;
});
await report.step('call', async () => {
  expect((await call('echo', { message: 'hi' })).content[0].text === 'Echo: hi', 'echo');
  expect((await call('get-sum', { a: 2, b: 40 })).content[0].text.includes('42'), 'sum');
  const image = (await call('get-tiny-image')).content.find((block) => block.type === 'image');
  expect(image?.data.length > 100, 'image');
  const weather = await call('get-structured-content', { location: 'New York' });
  expect(weather.structuredContent?.temperature !== undefined, 'structured content', weather);
});
await report.step('progress', async () => {
  const seen = [];
  const onprogress = ({ progress }) => seen.push(progress);
  await call('trigger-long-running-operation', { duration: 0.6, steps: 3 }, { onprogress });
  expect(seen.join() === '1,2,3', 'three steps in order', seen);
});
await report.step('sampling and elicitation', async () => {
  const sampled = await call('trigger-sampling-request', { prompt: 'hello' });
  expect(sampled.content[0].text.includes('all is well'), 'sampling is answered', sampled);
  const form = await call('trigger-elicitation-request');
  expect(JSON.stringify(form.content).includes('Name: Alice'), 'the form is answered', form);
});
await report.step('terminate', () => transport.terminateSession());

await client.close().catch(() => {});
report.end();
