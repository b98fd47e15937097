// What the official suite runs as the client under test: `<control> <era> <server url>`. It asks `<control>` for an
// endpoint of Turnpike before that server, and there does all that can be done, as a client of `<era>`.
import { Client as ModernClient, StreamableHTTPClientTransport as ModernTransport } from '@modelcontextprotocol/client';
import { Client as LegacyClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as LegacyTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { CreateMessageRequestSchema, ElicitRequestSchema, ListRootsRequestSchema } from '@modelcontextprotocol/sdk/types.js';

const [control, era, server] = process.argv.slice(2);
const answer = await fetch(`${control}?url=${encodeURIComponent(server)}`);
const url = new URL(await answer.text());
const modern = era === 'modern';
const INFO = { name: 'turnpike-driver', version: '1.0.0' };
const CAPABILITIES = { elicitation: { applyDefaults: true }, sampling: {}, roots: {} };

const client = modern
  ? new ModernClient(INFO, { capabilities: CAPABILITIES, versionNegotiation: { mode: { pin: '2026-07-28' } } })
  : new LegacyClient(INFO, { capabilities: { ...CAPABILITIES, elicitation: { form: { applyDefaults: true } } } });
const handle = (method, schema, handler) => client.setRequestHandler(modern ? method : schema, handler);

const EXAMPLES = { string: 'text', number: 1.5, integer: 7, boolean: true, array: [], object: {}, null: null };

/** A value that fits the schema, as far as tests need it. */
function example(schema) {
  if (schema.default !== undefined) {
    return schema.default;
  }
  if (schema.enum !== undefined) {
    return schema.enum[0];
  }
  const type = [schema.type].flat()[0];
  return type === 'object' ? fields(schema) : EXAMPLES[type];
}

function fields(schema) {
  return Object.fromEntries(Object.entries(schema?.properties ?? {}).map(([name, field]) => [name, example(field)]));
}

handle('elicitation/create', ElicitRequestSchema, ({ params }) => ({
  action: 'accept',
  content: params.requestedSchema === undefined ? {} : fields(params.requestedSchema),
}));
handle('sampling/createMessage', CreateMessageRequestSchema, () => ({
  role: 'assistant',
  model: 'none',
  content: { type: 'text', text: 'an answer' },
}));
handle('roots/list', ListRootsRequestSchema, () => ({ roots: [] }));

/** What fails here is for the suite to judge, by what its server saw. */
async function attempt(what) {
  try {
    return await what();
  } catch (failed) {
    console.error(String(failed));
    return undefined;
  }
}

const transport = modern ? new ModernTransport(url) : new LegacyTransport(url);
await client.connect(transport);
const tools = (await attempt(() => client.listTools()))?.tools ?? [];
// some scenarios say what is to be called
const { toolCalls } = JSON.parse(process.env.MCP_CONFORMANCE_CONTEXT ?? '{}');
const calls = toolCalls ?? tools.map((tool) => ({ name: tool.name, arguments: fields(tool.inputSchema) }));
await Promise.all(
  calls.map((request) => attempt(() => (modern ? client.callTool(request) : client.callTool(request, undefined)))),
);
const capabilities = client.getServerCapabilities() ?? {};
if (capabilities.prompts) {
  const prompts = (await attempt(() => client.listPrompts()))?.prompts ?? [];
  for (const { name, arguments: wanted = [] } of prompts) {
    const given = Object.fromEntries(wanted.map((one) => [one.name, 'text']));
    await attempt(() => client.getPrompt({ name, arguments: given }));
  }
}
if (capabilities.resources) {
  const resources = (await attempt(() => client.listResources()))?.resources ?? [];
  for (const { uri } of resources) {
    await attempt(() => client.readResource({ uri }));
  }
}
if (!modern) {
  await attempt(() => transport.terminateSession());
}
await attempt(() => client.close());
