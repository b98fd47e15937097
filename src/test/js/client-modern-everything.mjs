// The npm client of 2026-07-28, and of nothing older, against npm's server-everything, which has sessions, at `<url>`.
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { eventually, expect, failure, Report } from './lib/report.mjs';

const url = process.argv[2];
const report = new Report('client-modern-everything', url);
const client = new Client(
  { name: 'turnpike-client-modern-everything', version: '1.0.0' },
  { capabilities: { elicitation: { form: {}, url: {} }, sampling: {}, roots: {} }, versionNegotiation: { mode: { pin: '2026-07-28' } } },
);
const pages = [];
client.setRequestHandler('elicitation/create', ({ params }) => {
  if (params.mode === 'url') {
    pages.push(params.url);
    return { action: 'accept' };
  }
  return { action: 'accept', content: { name: 'Alice' } };
});
const updated = [];
client.setNotificationHandler('notifications/resources/updated', ({ params }) => {
  updated.push(params.uri);
});
client.setRequestHandler('sampling/createMessage', () => ({
  role: 'assistant',
  model: 'none',
  content: { type: 'text', text: 'all is well' },
}));
client.setRequestHandler('roots/list', () => ({ roots: [{ uri: 'file:///srv/project', name: 'project' }] }));

const call = (name, args = {}, options) => client.callTool({ name, arguments: args }, options);

await report.step('discover', async () => {
  await client.connect(new StreamableHTTPClientTransport(new URL(url)));
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
await report.step('pages', async () => {
  const url = 'https://example.com/tolls';
  const asked = await call('trigger-url-elicitation', { url });
  expect(JSON.stringify(asked.content).includes('accept'), 'the page is answered', asked);
  expect(pages.join() === url, 'it is the one that was asked', pages);
  // this one is told in an error, and the call is made anew once the user has been there
  const after = await call('trigger-url-elicitation', { url, errorPath: true });
  expect(JSON.stringify(after.content).includes('accept'), 'the second page, too', after);
  expect(pages.join() === `${url},https://modelcontextprotocol.io,${url}`, 'in this order', pages);
});
await report.step('subscriptions', async () => {
  const uri = 'demo://resource/dynamic/text/1';
  const open = await client.listen({ resourceSubscriptions: [uri] });
  expect(open.honoredFilter.resourceSubscriptions?.join() === uri, 'it is honoured', open.honoredFilter);
  await call('toggle-subscriber-updates');
  await eventually(() => updated.includes(uri), 'the change is told');
  await call('toggle-subscriber-updates');
  await open.close();
});
await report.step('cancel', async () => {
  const stop = new AbortController();
  const args = { duration: 30, steps: 30 };
  const waiting = failure(() => call('trigger-long-running-operation', args, { signal: stop.signal }));
  await new Promise((resume) => setTimeout(resume, 300));
  stop.abort('enough');
  await waiting;
  expect((await call('echo', { message: 'still here' })).content[0].text.includes('still here'), 'the session goes on');
});

await client.close().catch(() => {});
report.end();
