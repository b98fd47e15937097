// The npm client of the eras with `initialize` against `<url> [modern]`, the second where the server behind it is
// of the modern era, whose streams cannot be taken up again: everything that a host does with such a server,
// and, by plain HTTP, what the client keeps to itself: streams taken up again, other revisions, an ended session.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import {
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  ListRootsRequestSchema,
  LoggingMessageNotificationSchema,
  PromptListChangedNotificationSchema,
  ResourceUpdatedNotificationSchema,
  ToolListChangedNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { pause } from './lib/catalog.mjs';
import { answersOf, eventsOf, jsonOf, post } from './lib/raw.mjs';
import { eventually, expect, failure, Report } from './lib/report.mjs';

const [url, upstreamEra] = process.argv.slice(2);
const report = new Report('client-legacy', url);
const client = new Client(
  { name: 'turnpike-client-legacy', version: '1.0.0' },
  { capabilities: { elicitation: { form: {}, url: {} }, sampling: {}, roots: { listChanged: true } } },
);
const transport = new StreamableHTTPClientTransport(new URL(url));

const pages = [];
client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
  if (params.mode === 'url') {
    pages.push(params);
    return { action: 'accept' };
  }
  return { action: 'accept', content: { username: 'alice', email: 'alice@example.com' } };
});
client.setRequestHandler(CreateMessageRequestSchema, ({ params }) => ({
  role: 'assistant',
  model: 'none',
  content: { type: 'text', text: `heard: ${params.messages[0].content.text}` },
}));
client.setRequestHandler(ListRootsRequestSchema, () => ({ roots: [{ uri: 'file:///srv/project', name: 'project' }] }));
const logs = [];
client.setNotificationHandler(LoggingMessageNotificationSchema, ({ params }) => {
  logs.push(params.data);
});
const changes = [];
client.setNotificationHandler(ToolListChangedNotificationSchema, () => {
  changes.push('tools');
});
client.setNotificationHandler(PromptListChangedNotificationSchema, () => {
  changes.push('prompts');
});
client.setNotificationHandler(ResourceUpdatedNotificationSchema, ({ params }) => {
  changes.push(params.uri);
});

const call = (name, args = {}, options) => client.callTool({ name, arguments: args }, undefined, options);
const said = async (name, args) => (await call(name, args)).content[0].text;
const session = () => ({
  'mcp-session-id': transport.sessionId,
  'mcp-protocol-version': transport.protocolVersion,
});

await report.step('initialize', async () => {
  await client.connect(transport);
  expect(/^[\x21-\x7e]+$/.test(transport.sessionId ?? ''), 'a session is opened', transport.sessionId);
  expect(transport.protocolVersion === '2025-11-25', 'in the newest revision', transport.protocolVersion);
  expect(client.getServerCapabilities().tools !== undefined, 'tools are advertised');
  await client.ping();
  return { server: client.getServerVersion(), capabilities: client.getServerCapabilities() };
});

await report.step('list', async () => {
  const { tools } = await client.listTools();
  const { prompts } = await client.listPrompts();
  const { resources } = await client.listResources();
  const { resourceTemplates } = await client.listResourceTemplates();
  const names = tools.map((tool) => tool.name);
  expect(names.includes('test_simple_text') && names.includes('add'), 'the tools are listed', names);
  expect(!names.includes('trigger_resource_update'), 'an unlisted tool stays unlisted', names);
  expect(prompts.some((prompt) => prompt.name === 'test_prompt_with_arguments'), 'prompts are listed', prompts);
  expect(resources.some((resource) => resource.uri === 'test://static-text'), 'resources are listed', resources);
  expect(resourceTemplates[0].uriTemplate === 'test://template/{id}/data', 'templates too', resourceTemplates);
  return { tools: names.length, prompts: prompts.length, resources: resources.length };
});

await report.step('call', async () => {
  expect((await said('test_simple_text')).startsWith('This is a simple text'), 'text comes back');
  expect((await call('add', { a: 2, b: 40 })).structuredContent.sum === 42, 'structured content');
  expect((await call('test_error_handling')).isError === true, 'a failed tool is a result');
  const unknown = await failure(() => call('no_such_tool'));
  expect(unknown.code === -32602, 'an unknown tool is -32602', unknown.code);
});

await report.step('progress', async () => {
  const seen = [];
  await call('test_tool_with_progress', {}, { onprogress: ({ progress, total }) => seen.push([progress, total]) });
  expect(JSON.stringify(seen) === '[[0,100],[50,100],[100,100]]', 'three steps in order', seen);
});

await report.step('logging', async () => {
  await client.setLoggingLevel('info');
  await call('test_tool_with_logging');
  await eventually(() => logs.length === 3, 'three lines are logged');
  await client.setLoggingLevel('error');
  await call('test_tool_with_logging');
  expect(logs.length === 3, 'none below the level', logs);
});

await report.step('sampling and elicitation', async () => {
  expect((await said('test_sampling', { prompt: 'ping' })) === 'LLM response: heard: ping', 'sampling is answered');
  const form = await said('test_elicitation', { message: 'Who?' });
  expect(form.includes('action=accept') && form.includes('alice@example.com'), 'the form is answered', form);
});

await report.step('a page and the roots', async () => {
  expect((await said('test_url_elicitation')) === 'The page: accept', 'the page is answered');
  const [page] = pages;
  expect(pages.length === 1 && page.url === 'https://example.com/tolls?pay=1', 'it is the one that was asked', pages);
  expect(page.elicitationId.length > 0 && page.message === 'Please pay the toll', 'with an id and a message', page);
  const roots = await said('test_input_required_result_list_roots');
  expect(roots === 'Roots: file:///srv/project', 'the roots are told', roots);
});

await report.step('resources', async () => {
  const text = await client.readResource({ uri: 'test://static-text' });
  expect(text.contents[0].text.includes('static text resource'), 'text', text);
  const binary = await client.readResource({ uri: 'test://static-binary' });
  expect(binary.contents[0].blob.startsWith('iVBOR'), 'binary', binary);
  const missing = await failure(() => client.readResource({ uri: 'test://nowhere' }));
  expect(missing.code === -32002, 'none is -32002 in this era', missing.code);
});

await report.step('subscribe', async () => {
  const uri = 'test://watched-resource';
  await client.subscribeResource({ uri });
  await call('trigger_resource_update');
  await eventually(() => changes.includes(uri), 'the change is told on the GET stream');
  await client.unsubscribeResource({ uri });
  await call('trigger_resource_update');
  await call('test_trigger_tool_change');
  await call('test_trigger_prompt_change');
  await eventually(() => changes.includes('tools') && changes.includes('prompts'), 'lists that change are told');
  expect(changes.filter((change) => change === uri).length === 1, 'none after unsubscribing', changes);
});

await report.step('prompts and completion', async () => {
  const prompt = await client.getPrompt({ name: 'test_prompt_with_arguments', arguments: { arg1: 'a', arg2: 'b' } });
  expect(prompt.messages[0].content.text.includes("arg1='a', arg2='b'"), 'arguments are filled in', prompt);
  const { completion } = await client.complete({
    ref: { type: 'ref/resource', uri: 'test://template/{id}/data' },
    argument: { name: 'id', value: 'par' },
  });
  expect(completion.values.join() === 'paris,park,party', 'words are completed', completion);
});

await report.step('the client takes a broken stream up again', async () => {
  const answer = await said('test_reconnection');
  const expected =
    upstreamEra === 'modern'
      ? 'Streams of this era cannot be taken up again'
      : 'The stream was broken off before this answer';
  expect(answer === expected, 'the answer still arrives', answer);
});

await report.step('replay after Last-Event-ID', async () => {
  const stop = new AbortController();
  const first = await post(url, session(), {
    jsonrpc: '2.0',
    id: 'replayed',
    method: 'tools/call',
    params: { name: 'test_tool_with_progress', arguments: {}, _meta: { progressToken: 'replayed' } },
  }, stop.signal);
  let lastEventId;
  let before = 0;
  for await (const event of eventsOf(first)) {
    lastEventId = event.id;
    if (event.data?.method === 'notifications/progress') {
      before += 1;
      break;
    }
  }
  stop.abort();
  expect(lastEventId !== undefined, 'events have ids');
  const second = await fetch(url, {
    headers: { ...session(), accept: 'text/event-stream', 'last-event-id': lastEventId },
    signal: AbortSignal.timeout(10_000),
  });
  expect(second.status === 200, 'the stream is taken up again', second.status);
  const after = [];
  for await (const event of eventsOf(second)) {
    if (event.data !== undefined) {
      after.push(event.data.params?.progress ?? event.data.id);
    }
    if (event.data?.id === 'replayed') {
      break;
    }
  }
  expect(JSON.stringify([before, after]) === '[1,[50,100,"replayed"]]', 'the rest, once each, in order', after);
});

await report.step('cancel', async () => {
  const key = `legacy-${Date.now()}`;
  const stop = new AbortController();
  const waiting = failure(() => call('wait', { key, millis: 30_000 }, { signal: stop.signal }));
  await eventually(async () => (await said('was_cancelled', { key })) === 'waiting', 'the wait has begun');
  stop.abort('enough');
  await waiting;
  await eventually(async () => (await said('was_cancelled', { key })) === 'cancelled', 'the server was told');
});

await report.step('a broken connection cancels nothing', async () => {
  const key = `kept-${Date.now()}`;
  const stop = new AbortController();
  const params = { name: 'wait', arguments: { key, millis: 3000 } };
  const sent = post(url, session(), { jsonrpc: '2.0', id: key, method: 'tools/call', params }, stop.signal);
  sent.catch(() => {});
  await eventually(async () => (await said('was_cancelled', { key })) === 'waiting', 'the wait has begun');
  stop.abort();
  await pause(300);
  expect((await said('was_cancelled', { key })) === 'waiting', 'the work goes on');
  await eventually(async () => (await said('was_cancelled', { key })) === 'over', 'to its end');
});

/** Two requests and a notification in one body, as 2025-03-26 allows; the answers may come in any order. */
async function batch(headers) {
  const cancelled = { method: 'notifications/cancelled', params: { requestId: 'none', reason: 'gone' } };
  const response = await post(url, headers, [
    { jsonrpc: '2.0', id: 'first', method: 'ping' },
    { jsonrpc: '2.0', ...cancelled },
    { jsonrpc: '2.0', id: 7, method: 'tools/call', params: { name: 'test_simple_text', arguments: {} } },
  ]);
  const answers = await answersOf(response, 2);
  const ids = answers.map((answer) => answer.id);
  expect(ids.length === 2 && ids.includes('first') && ids.includes(7), 'both are answered', answers);
  expect(answers.every((answer) => answer.error === undefined), 'neither fails', answers);
}

await report.step('older revisions', async () => {
  for (const revision of ['2025-03-26', '2025-06-18']) {
    const params = { protocolVersion: revision, capabilities: {}, clientInfo: { name: 'older', version: '1' } };
    const response = await post(url, {}, { jsonrpc: '2.0', id: 1, method: 'initialize', params });
    const { result } = await jsonOf(response, 1);
    expect(result?.protocolVersion === revision, `${revision} is spoken`, result);
    const id = response.headers.get('mcp-session-id');
    const headers = { 'mcp-session-id': id, ...(revision !== '2025-03-26' && { 'mcp-protocol-version': revision }) };
    await post(url, headers, { jsonrpc: '2.0', method: 'notifications/initialized' });
    const listed = await post(url, headers, { jsonrpc: '2.0', id: 2, method: 'tools/list' });
    expect((await jsonOf(listed, 2)).result?.tools.length > 0, `tools are listed in ${revision}`);
    if (revision === '2025-03-26') {
      await batch(headers);
    }
    await fetch(url, { method: 'DELETE', headers });
  }
});

await report.step('terminate', async () => {
  const headers = session();
  await transport.terminateSession();
  const after = await post(url, headers, { jsonrpc: '2.0', id: 3, method: 'tools/list' });
  expect(after.status === 404, 'the session is gone', after.status);
});

await client.close().catch(() => {});
report.end();
