// A server of the eras with `initialize` (2024-11-05 to 2025-11-25) on the first generation of the npm SDK:
// sessions, a GET stream, replay after Last-Event-ID, requests from server to client.
import { randomUUID } from 'node:crypto';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import {
  CallToolRequestSchema,
  CompleteRequestSchema,
  CreateMessageResultSchema,
  ElicitResultSchema,
  ErrorCode,
  GetPromptRequestSchema,
  isInitializeRequest,
  ListPromptsRequestSchema,
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  ListToolsRequestSchema,
  McpError,
  ReadResourceRequestSchema,
  SetLevelRequestSchema,
  SubscribeRequestSchema,
  UnsubscribeRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';
import * as catalog from './lib/catalog.mjs';
import { EventLog } from './lib/event-log.mjs';
import { listen } from './lib/listen.mjs';
import * as questions from './lib/questions.mjs';

const LEVELS = ['debug', 'info', 'notice', 'warning', 'error', 'critical', 'alert', 'emergency'];
const RETRY_MILLIS = 300;

/** One session: its server object, its subscriptions and its log level. */
function newSession() {
  const server = new Server(
    { name: 'turnpike-fixture-legacy', version: '1.0.0' },
    {
      capabilities: {
        tools: { listChanged: true },
        resources: { subscribe: true, listChanged: true },
        prompts: { listChanged: true },
        completions: {},
        logging: {},
      },
      instructions: 'A fixture for tests.',
    },
  );
  const watched = new Set();
  let level = 'debug';

  server.setRequestHandler(SetLevelRequestSchema, ({ params }) => {
    level = params.level;
    return {};
  });
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: [...catalog.TOOLS, ...questions.TOOLS] }));
  server.setRequestHandler(ListResourcesRequestSchema, () => ({ resources: catalog.RESOURCES }));
  server.setRequestHandler(ListResourceTemplatesRequestSchema, () => ({ resourceTemplates: catalog.TEMPLATES }));
  server.setRequestHandler(ListPromptsRequestSchema, () => ({ prompts: [...catalog.PROMPTS, ...questions.PROMPTS] }));
  server.setRequestHandler(CompleteRequestSchema, ({ params }) => catalog.completionFor(params.argument.value));
  server.setRequestHandler(ReadResourceRequestSchema, ({ params }) => {
    const contents = catalog.contentsOf(params.uri);
    if (contents === undefined) {
      throw new McpError(-32002, 'Resource not found', { uri: params.uri });
    }
    return { contents };
  });
  server.setRequestHandler(SubscribeRequestSchema, ({ params }) => {
    watched.add(params.uri);
    return {};
  });
  server.setRequestHandler(UnsubscribeRequestSchema, ({ params }) => {
    watched.delete(params.uri);
    return {};
  });
  server.setRequestHandler(GetPromptRequestSchema, async ({ params }, extra) => {
    const prompt =
      catalog.promptFor(params.name, params.arguments ?? {}) ?? (await questions.answerOf(params.name, extra, {}));
    if (prompt === undefined) {
      throw new McpError(ErrorCode.InvalidParams, `Unknown prompt: ${params.name}`);
    }
    return prompt;
  });
  server.setRequestHandler(CallToolRequestSchema, ({ params }, extra) => {
    const log = async (at, data) => {
      if (LEVELS.indexOf(at) >= LEVELS.indexOf(level)) {
        await extra.sendNotification({
          method: 'notifications/message',
          params: { level: at, logger: 'fixture', data },
        });
      }
    };
    return call(params, extra, { server, watched, log });
  });
  return server;
}

async function call({ name, arguments: args = {} }, extra, { server, watched, log }) {
  const plain =
    catalog.plainAnswer(name, args) ??
    (await questions.answerOf(name, extra, server.getClientCapabilities() ?? {}));
  if (plain !== undefined) {
    return plain;
  }
  const elicit = async (form) => {
    const answer = await extra.sendRequest({ method: 'elicitation/create', params: form }, ElicitResultSchema);
    return `action=${answer.action}, content=${JSON.stringify(answer.content ?? {})}`;
  };
  switch (name) {
    case 'request_headers':
      return catalog.said(JSON.stringify(extra.requestInfo?.headers ?? {}));
    case 'header_arguments': {
      const seen = { arguments: args };
      return { content: [catalog.text(JSON.stringify(seen))], structuredContent: seen };
    }
    case 'wait':
      return catalog.waitFor(args, extra.signal);
    case 'test_tool_with_logging':
      await log('info', 'Tool execution started');
      await catalog.pause(50);
      await log('info', 'Tool processing data');
      await catalog.pause(50);
      await log('info', 'Tool execution completed');
      return catalog.said('Logged three lines');
    case 'test_tool_with_progress': {
      const progressToken = extra._meta?.progressToken;
      for (const progress of [0, 50, 100]) {
        if (progressToken !== undefined) {
          await extra.sendNotification({
            method: 'notifications/progress',
            params: { progressToken, progress, total: 100, message: `Completed ${progress} of 100` },
          });
        }
        await catalog.pause(50);
      }
      return catalog.said('Progressed three times');
    }
    case 'test_reconnection':
      extra.closeSSEStream?.();
      await catalog.pause(100);
      return catalog.said('The stream was broken off before this answer');
    case 'test_sampling': {
      const answer = await extra.sendRequest(
        { method: 'sampling/createMessage', params: catalog.samplingFor(args.prompt) },
        CreateMessageResultSchema,
      );
      return catalog.said(`LLM response: ${answer.content.text}`);
    }
    case 'test_url_elicitation': {
      const page = { mode: 'url', elicitationId: randomUUID(), ...catalog.PAGE };
      const answer = await extra.sendRequest({ method: 'elicitation/create', params: page }, ElicitResultSchema);
      return catalog.said(`The page: ${answer.action}`);
    }
    case 'test_elicitation':
      return catalog.said(`User response: ${await elicit(catalog.userForm(args.message))}`);
    case 'test_elicitation_sep1034_defaults':
      return catalog.said(`Elicitation completed: ${await elicit(catalog.DEFAULTS_FORM)}`);
    case 'test_elicitation_sep1330_enums':
      return catalog.said(`Elicitation completed: ${await elicit(catalog.ENUMS_FORM)}`);
    case 'test_trigger_tool_change':
      await server.sendToolListChanged();
      return catalog.said('Announced');
    case 'test_trigger_prompt_change':
      await server.sendPromptListChanged();
      return catalog.said('Announced');
    case 'trigger_resource_update':
      catalog.touchWatched();
      if (watched.has('test://watched-resource')) {
        await server.sendResourceUpdated({ uri: 'test://watched-resource' });
      }
      return catalog.said('Updated');
    default:
      throw new McpError(ErrorCode.InvalidParams, `Unknown tool: ${name}`);
  }
}

const sessions = new Map();

async function readJson(request) {
  const parts = [];
  for await (const part of request) {
    parts.push(part);
  }
  return JSON.parse(Buffer.concat(parts).toString('utf8'));
}

function refuse(response, status, code, message) {
  response
    .writeHead(status, { 'content-type': 'application/json' })
    .end(JSON.stringify({ jsonrpc: '2.0', error: { code, message }, id: null }));
}

async function openSession(request, response, body) {
  const server = newSession();
  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: () => randomUUID(),
    eventStore: new EventLog(),
    retryInterval: RETRY_MILLIS,
    onsessioninitialized: (id) => {
      sessions.set(id, transport);
    },
    onsessionclosed: (id) => {
      sessions.delete(id);
    },
  });
  await server.connect(transport);
  await transport.handleRequest(request, response, body);
}

async function serve(request, response) {
  let body;
  if (request.method === 'POST') {
    try {
      body = await readJson(request);
    } catch {
      refuse(response, 400, ErrorCode.ParseError, 'Parse error');
      return;
    }
  }
  const id = request.headers['mcp-session-id'];
  const known = sessions.get(id);
  if (known !== undefined) {
    await known.handleRequest(request, response, body);
  } else if (id !== undefined) {
    refuse(response, 404, -32001, 'Session not found');
  } else if (isInitializeRequest(body)) {
    await openSession(request, response, body);
  } else {
    refuse(response, 400, -32000, 'Bad Request: no session');
  }
}

if (process.argv.includes('--stdio')) {
  await newSession().connect(new StdioServerTransport());
} else {
  listen(serve);
}
