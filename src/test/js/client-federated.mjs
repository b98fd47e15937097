// The npm client of one era against `<url> modern|legacy|sse <url of modern alone>` (`sse` is legacy over HTTP+SSE), an endpoint with three servers behind it: our fixtures
// `modern` and `legacy`, and npm's server-everything as `every`. It does with each what it does with one server.
import { Client as ModernClient, StreamableHTTPClientTransport as ModernTransport } from '@modelcontextprotocol/client';
import { Client as LegacyClient } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StreamableHTTPClientTransport as LegacyTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import {
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  ListRootsRequestSchema,
  ResourceUpdatedNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { eventually, expect, failure, Report } from './lib/report.mjs';

const [url, era, alone] = process.argv.slice(2);
const report = new Report('client-federated', url);
const modern = era === 'modern';
const INFO = { name: 'turnpike-client-federated', version: '1.0.0' };
const CAPABILITIES = { elicitation: { form: {}, url: {} }, sampling: {}, roots: {} };
const client = modern
  ? new ModernClient(INFO, { capabilities: CAPABILITIES, versionNegotiation: { mode: { pin: '2026-07-28' } } })
  : new LegacyClient(INFO, { capabilities: CAPABILITIES });
const handle = (method, schema, handler) => client.setRequestHandler(modern ? method : schema, handler);
const ANSWERS = { username: 'alice', email: 'alice@example.com', name: 'Alice' };

handle('elicitation/create', ElicitRequestSchema, ({ params }) => {
  const names = Object.keys(params.requestedSchema?.properties ?? {});
  const content = Object.fromEntries(names.filter((name) => name in ANSWERS).map((name) => [name, ANSWERS[name]]));
  return { action: 'accept', content };
});
handle('sampling/createMessage', CreateMessageRequestSchema, () => ({
  role: 'assistant',
  model: 'none',
  content: { type: 'text', text: 'all is well' },
}));
handle('roots/list', ListRootsRequestSchema, () => ({ roots: [{ uri: 'file:///srv/project', name: 'project' }] }));
const updated = [];
client.setNotificationHandler(
  modern ? 'notifications/resources/updated' : ResourceUpdatedNotificationSchema,
  ({ params }) => {
    updated.push(params.uri);
  },
);

const call = (name, args = {}, options) =>
  modern
    ? client.callTool({ name, arguments: args }, options)
    : client.callTool({ name, arguments: args }, undefined, options);
const said = async (name, args) => (await call(name, args)).content[0].text;

/** Every page of a list. */
async function all(member, list) {
  const found = [];
  let cursor;
  do {
    const page = await list(cursor === undefined ? undefined : { cursor });
    found.push(...page[member]);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return found;
}

await report.step('connect', async () => {
  const Transport = modern ? ModernTransport : era === 'sse' ? SSEClientTransport : LegacyTransport;
  await client.connect(new Transport(new URL(url)));
  const instructions = client.getInstructions() ?? '';
  expect(instructions.includes('## modern') && instructions.includes('## legacy'), 'each says what it is', instructions);
  return client.getServerCapabilities();
});

await report.step('list', async () => {
  const tools = (await all('tools', (page) => client.listTools(page))).map((tool) => tool.name);
  expect(new Set(tools).size === tools.length, 'each is there once', tools);
  for (const name of ['modern_add', 'legacy_add', 'every_echo', 'every_get-sum']) {
    expect(tools.includes(name), `${name} is listed`, tools);
  }
  expect(tools.every((name) => /^(modern|legacy|every)_[A-Za-z0-9_-]{1,57}$/.test(name)), 'under safe names', tools);
  const prompts = (await all('prompts', (page) => client.listPrompts(page))).map((prompt) => prompt.name);
  expect(prompts.includes('modern_test_simple_prompt') && prompts.includes('every_simple-prompt'), 'prompts', prompts);
  const uris = (await all('resources', (page) => client.listResources(page))).map((resource) => resource.uri);
  expect(uris.includes('test://static-text') && uris.includes('turnpike:legacy:test://static-text'), 'both have it', uris);
  return { tools: tools.length, prompts: prompts.length, resources: uris.length };
});

for (const server of ['modern', 'legacy']) {
  await report.step(`call ${server}`, async () => {
    expect((await call(`${server}_add`, { a: 2, b: 40 })).structuredContent.sum === 42, 'structured content');
    expect((await said(`${server}_test_simple_text`)).startsWith('This is a simple text'), 'text');
    expect((await call(`${server}_test_error_handling`)).isError === true, 'a failed tool is a result');
  });
  await report.step(`inputs of ${server}`, async () => {
    const form = await said(`${server}_test_elicitation`, { message: 'Who?' });
    expect(form.includes('action=accept') && form.includes('alice@example.com'), 'the form is answered', form);
    const sampled = await said(`${server}_test_sampling`, { prompt: 'ping' });
    expect(sampled === 'LLM response: all is well', 'sampling is answered', sampled);
    const roots = await said(`${server}_test_input_required_result_list_roots`);
    expect(roots === 'Roots: file:///srv/project', 'the roots are told', roots);
  });
  await report.step(`progress of ${server}`, async () => {
    const seen = [];
    await call(`${server}_test_tool_with_progress`, {}, { onprogress: ({ progress }) => seen.push(progress) });
    expect(seen.join() === '0,50,100', 'three steps in order', seen);
  });
  await report.step(`prompts and completion of ${server}`, async () => {
    const name = `${server}_test_prompt_with_arguments`;
    const prompt = await client.getPrompt({ name, arguments: { arg1: 'a', arg2: 'b' } });
    expect(prompt.messages[0].content.text.includes("arg1='a', arg2='b'"), 'arguments are filled in', prompt);
    const { completion } = await client.complete({
      ref: { type: 'ref/prompt', name },
      argument: { name: 'arg1', value: 'par' },
    });
    expect(completion.values.join() === 'paris,park,party', 'words are completed', completion);
  });
  await report.step(`cancel at ${server}`, async () => {
    const key = `${server}-${era}-${Date.now()}`;
    const stop = new AbortController();
    const waiting = failure(() => call(`${server}_wait`, { key, millis: 30_000 }, { signal: stop.signal }));
    const how = () => said(`${server}_was_cancelled`, { key });
    await eventually(async () => (await how()) === 'waiting', 'the wait has begun');
    stop.abort('enough');
    await waiting;
    await eventually(async () => (await how()) === 'cancelled', 'the server was told');
  });
}

await report.step('resources', async () => {
  for (const uri of ['test://static-text', 'turnpike:legacy:test://static-text']) {
    const { contents } = await client.readResource({ uri });
    expect(contents[0].uri === uri && contents[0].text.includes('static text'), `${uri} is read`, contents);
  }
  const dynamic = 'demo://resource/dynamic/text/1';
  expect((await client.readResource({ uri: dynamic })).contents[0].uri === dynamic, 'what a template makes is read');
});

await report.step('server-everything', async () => {
  expect((await said('every_echo', { message: 'hi' })) === 'Echo: hi', 'echo');
  const links = (await call('every_get-resource-links', { count: 2 })).content.filter((one) => one.type === 'resource_link');
  expect(links.length === 2, 'links', links);
  const linked = await client.readResource({ uri: links[0].uri });
  expect(linked.contents[0].uri === links[0].uri, 'and what they lead to', linked);
  const form = await call('every_trigger-elicitation-request');
  expect(JSON.stringify(form.content).includes('Name: Alice'), 'the form is answered', form);
});

await report.step('subscriptions', async () => {
  const uris = ['test://watched-resource', 'demo://resource/dynamic/text/1'];
  const open = modern ? await client.listen({ resourceSubscriptions: uris }) : undefined;
  if (modern) {
    expect(open.honoredFilter.resourceSubscriptions?.length === 2, 'both are honoured', open.honoredFilter);
  } else {
    for (const uri of uris) {
      await client.subscribeResource({ uri });
    }
  }
  // what is in no list can be called where there is one server only
  const other = new ModernClient(INFO, { versionNegotiation: { mode: { pin: '2026-07-28' } } });
  await other.connect(new ModernTransport(new URL(alone)));
  await call('every_toggle-subscriber-updates');
  await eventually(async () => {
    await other.callTool({ name: 'trigger_resource_update', arguments: {} });
    return uris.every((uri) => updated.includes(uri));
  }, 'both changes are told');
  await call('every_toggle-subscriber-updates');
  await other.close();
  await open?.close();
});

await client.close().catch(() => {});
report.end();
