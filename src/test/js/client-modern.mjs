// The npm client of 2026-07-28 against `<url> [legacy]`, the second where the server behind it has sessions and
// is told of arguments in the body only: everything that a host does with a server of the modern era.
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { eventually, expect, failure, Report } from './lib/report.mjs';

const REVISION = '2026-07-28';
const LOG_LEVEL = 'io.modelcontextprotocol/logLevel';
const [url, upstreamEra] = process.argv.slice(2);
const report = new Report('client-modern', url);

function newClient(capabilities) {
  return new Client(
    { name: 'turnpike-client-modern', version: '1.0.0' },
    { capabilities, versionNegotiation: { mode: { pin: REVISION } } },
  );
}

const client = newClient({ elicitation: { form: {}, url: {} }, sampling: {}, roots: {} });
const pages = [];
const asked = [];
client.setRequestHandler('elicitation/create', ({ params }) => {
  if (params.mode === 'url') {
    pages.push(params.url);
    return { action: 'accept' };
  }
  const names = Object.keys(params.requestedSchema.properties);
  asked.push(`elicitation: ${names.join(' ')}`);
  const answers = { name: 'Alice', color: 'green', ok: true, context: 'tolls', username: 'alice', email: 'a@example.com' };
  return { action: 'accept', content: Object.fromEntries(names.map((name) => [name, answers[name]])) };
});
client.setRequestHandler('sampling/createMessage', () => {
  asked.push('sampling');
  return { role: 'assistant', model: 'none', content: { type: 'text', text: 'Paris' }, stopReason: 'endTurn' };
});
client.setRequestHandler('roots/list', () => {
  asked.push('roots');
  return { roots: [{ uri: 'file:///srv/project', name: 'project' }] };
});
const changes = [];
for (const method of ['tools/list_changed', 'prompts/list_changed', 'resources/updated']) {
  client.setNotificationHandler(`notifications/${method}`, ({ params }) => {
    changes.push(params?.uri === undefined ? method : `${method} ${params.uri}`);
  });
}
const logs = [];
client.setNotificationHandler('notifications/message', ({ params }) => {
  logs.push(params.data);
});

const call = (name, args = {}, options) => client.callTool({ name, arguments: args }, options);
const said = async (name, args) => (await call(name, args)).content[0].text;

await report.step('discover', async () => {
  await client.connect(new StreamableHTTPClientTransport(new URL(url)));
  const discovered = client.getDiscoverResult();
  expect(discovered.supportedVersions.includes(REVISION), 'the revision is supported', discovered);
  expect(discovered.capabilities.tools !== undefined, 'tools are advertised', discovered);
  return { server: client.getServerVersion(), discovered };
});

await report.step('list', async () => {
  const { tools, ttlMs, cacheScope } = await client.listTools();
  const { prompts } = await client.listPrompts();
  const { resources } = await client.listResources();
  const { resourceTemplates } = await client.listResourceTemplates();
  const names = tools.map((tool) => tool.name);
  expect(names.includes('test_simple_text') && names.includes('add'), 'the tools are listed', names);
  expect(!names.includes('test_trigger_tool_change'), 'an unlisted tool stays unlisted', names);
  const schema = tools.find((tool) => tool.name === 'json_schema_2020_12_tool')?.inputSchema;
  expect(schema?.$defs?.address?.$anchor === 'addressDef', 'schemas are as the server wrote them', schema);
  const mirrored = tools.find((tool) => tool.name === 'header_arguments')?.inputSchema;
  expect(mirrored?.properties.owner.properties.team['x-mcp-header'] === 'Owner-Team', 'x-mcp-header stays', mirrored);
  expect(prompts.some((prompt) => prompt.name === 'test_prompt_with_arguments'), 'prompts are listed', prompts);
  expect(resources.some((resource) => resource.uri === 'test://static-text'), 'resources are listed', resources);
  expect(resourceTemplates[0].uriTemplate === 'test://template/{id}/data', 'templates too', resourceTemplates);
  return { tools: names.length, prompts: prompts.length, resources: resources.length, ttlMs, cacheScope };
});

await report.step('call', async () => {
  expect((await said('test_simple_text')).startsWith('This is a simple text'), 'text comes back');
  const mixed = (await call('test_multiple_content_types')).content.map((block) => block.type);
  expect(mixed.join() === 'text,image,resource', 'the blocks keep their order', mixed);
  expect((await call('test_error_handling')).isError === true, 'a failed tool is a result');
  const unknown = await failure(() => call('no_such_tool'));
  expect(unknown.code === -32602, 'an unknown tool is -32602', unknown.code);
});

await report.step('structured content', async () => {
  const { structuredContent } = await call('add', { a: 2, b: 40 });
  expect(structuredContent.sum === 42, 'the sum is structured', structuredContent);
});

await report.step('mirrored arguments', async () => {
  const args = { region: 'Zürich', limit: 42, dry_run: false, owner: { team: 'tolls' }, note: 'unmirrored' };
  const { structuredContent } = await call('header_arguments', args);
  expect(JSON.stringify(structuredContent.arguments) === JSON.stringify(args), 'the body keeps all', structuredContent);
  if (upstreamEra === 'legacy') {
    return structuredContent;
  }
  const { headers } = structuredContent;
  expect(headers['mcp-param-region'] === '=?base64?WsO8cmljaA==?=', 'text beyond ASCII is encoded', headers);
  expect(headers['mcp-param-limit'] === '42' && headers['mcp-param-dry-run'] === 'false', 'plain ones are not', headers);
  expect(headers['mcp-param-owner-team'] === 'tolls', 'nested ones are mirrored too', headers);
  return headers;
});

await report.step('progress', async () => {
  const seen = [];
  await call('test_tool_with_progress', {}, { onprogress: ({ progress, total }) => seen.push([progress, total]) });
  expect(JSON.stringify(seen) === '[[0,100],[50,100],[100,100]]', 'three steps in order', seen);
});

await report.step('logging', async () => {
  await call('test_tool_with_logging');
  expect(logs.length === 0, 'no log line unless the request asks', logs);
  await client.callTool({ name: 'test_tool_with_logging', arguments: {}, _meta: { [LOG_LEVEL]: 'info' } });
  expect(logs.length === 3, 'three lines where it asks', logs);
});

await report.step('rounds', async () => {
  expect((await said('test_input_required_result_elicitation')) === 'Hello, Alice!', 'one form');
  expect((await said('test_input_required_result_sampling')) === 'Paris', 'one sampling');
  expect((await said('test_input_required_result_list_roots')).includes('file:///srv/project'), 'the roots');
  expect((await said('test_input_required_result_request_state')) === 'state-ok', 'state comes back as it was');
  expect((await said('test_input_required_result_multi_round')) === 'Alice likes green', 'two rounds');
  expect((await said('test_input_required_result_multiple_inputs')) === 'Paris Alice, with 1 root(s)', 'three at once');
  const prompt = await client.getPrompt({ name: 'test_input_required_result_prompt' });
  expect(prompt.messages[0].content.text === 'Speak about tolls', 'a prompt asks too', prompt);
  return asked;
});

await report.step('a page', async () => {
  expect((await said('test_url_elicitation')) === 'The page: accept', 'the page is answered');
  expect(pages.join() === 'https://example.com/tolls?pay=1', 'it is the one that was asked', pages);
});

await report.step('undeclared capability', async () => {
  const bare = newClient({});
  await bare.connect(new StreamableHTTPClientTransport(new URL(url)));
  const refused = await failure(() => bare.callTool({ name: 'test_missing_capability', arguments: {} }));
  await bare.close();
  expect(refused.code === -32021, 'the refusal is -32021', refused.code);
  expect(refused.data?.requiredCapabilities?.sampling !== undefined, 'it says what is missing', refused.data);
});

await report.step('resources', async () => {
  const text = await client.readResource({ uri: 'test://static-text' });
  expect(text.contents[0].text.includes('static text resource'), 'text', text);
  const binary = await client.readResource({ uri: 'test://static-binary' });
  expect(binary.contents[0].blob.startsWith('iVBOR'), 'binary', binary);
  const filled = await client.readResource({ uri: 'test://template/a%20b/data' });
  expect(JSON.parse(filled.contents[0].text).id === 'a%20b', 'the address is passed as it is', filled);
  const missing = await failure(() => client.readResource({ uri: 'test://nowhere' }));
  expect(missing.code === -32602 && missing.data?.uri === 'test://nowhere', 'none is -32602', missing.code);
});

await report.step('prompts and completion', async () => {
  const prompt = await client.getPrompt({ name: 'test_prompt_with_arguments', arguments: { arg1: 'a', arg2: 'b' } });
  expect(prompt.messages[0].content.text.includes("arg1='a', arg2='b'"), 'arguments are filled in', prompt);
  const { completion } = await client.complete({
    ref: { type: 'ref/prompt', name: 'test_prompt_with_arguments' },
    argument: { name: 'arg1', value: 'par' },
  });
  expect(completion.values.join() === 'paris,park,party', 'words are completed', completion);
});

await report.step('listen', async () => {
  const watched = 'test://watched-resource';
  const open = await client.listen({
    toolsListChanged: true,
    promptsListChanged: true,
    resourceSubscriptions: [watched],
  });
  expect(open.honoredFilter.toolsListChanged === true, 'the filter is honoured', open.honoredFilter);
  expect(open.honoredFilter.resourceSubscriptions?.join() === watched, 'with its addresses', open.honoredFilter);
  await call('test_trigger_tool_change');
  await call('test_trigger_prompt_change');
  await call('trigger_resource_update');
  await eventually(() => changes.length >= 3, 'three changes are told');
  const all = [...changes].sort().join();
  expect(all === `prompts/list_changed,resources/updated ${watched},tools/list_changed`, 'each once', changes);
  await open.close();
  expect((await open.closed) === 'local', 'it ends as it was closed');
  await call('test_trigger_tool_change');
  expect(changes.length === 3, 'nothing is told after the end', changes);
});

await report.step('cancel by closing', async () => {
  const key = `modern-${Date.now()}`;
  const stop = new AbortController();
  const waiting = failure(() => call('wait', { key, millis: 30_000 }, { signal: stop.signal }));
  await eventually(async () => (await said('was_cancelled', { key })) === 'waiting', 'the wait has begun');
  stop.abort('enough');
  await waiting;
  await eventually(async () => (await said('was_cancelled', { key })) === 'cancelled', 'the server was told');
});

await client.close().catch(() => {});
report.end();
