// A server of 2026-07-28 alone, on the second generation of the npm SDK: no sessions, inputs by several round
// trips, changes by subscriptions/listen. Requests of an older era are refused. Over streamable HTTP, or with
// `--stdio` over its standard streams.
import { randomBytes } from 'node:crypto';
import { toNodeHandler } from '@modelcontextprotocol/node';
import {
  acceptedContent,
  createMcpHandler,
  createRequestStateCodec,
  inputRequired,
  inputResponse,
  McpServer,
  MissingRequiredClientCapabilityError,
  ProtocolError,
  ProtocolErrorCode,
  ResourceNotFoundError,
} from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import * as catalog from './lib/catalog.mjs';
import { listen } from './lib/listen.mjs';

const CLIENT_CAPABILITIES = 'io.modelcontextprotocol/clientCapabilities';
const NOTHING = { type: 'object', properties: {} };

const more = (name, description, inputSchema = NOTHING) => ({ name, description, inputSchema });

const TOOLS = [
  ...catalog.TOOLS,
  more('test_missing_capability', 'Needs a caller that can sample'),
  more('test_streaming_elicitation', 'Asks the user, on a caller that can'),
  more('test_logging_tool', 'Logs, where the caller asked for logs'),
  more('test_input_required_result_elicitation', 'Asks for a name'),
  more('test_input_required_result_sampling', 'Asks the caller’s model'),
  more('test_input_required_result_list_roots', 'Asks for the caller’s roots'),
  more('test_input_required_result_request_state', 'Asks once, with state'),
  more('test_input_required_result_multiple_inputs', 'Asks three things at once'),
  more('test_input_required_result_multi_round', 'Asks twice, one after the other'),
  more('test_input_required_result_tampered_state', 'Asks once, with state that must come back as it was'),
  more('test_input_required_result_capabilities', 'Asks only what the caller can answer'),
  more('header_arguments', 'Takes arguments that are mirrored in headers, and answers both', {
    type: 'object',
    properties: {
      region: { type: 'string', 'x-mcp-header': 'Region' },
      limit: { type: 'integer', 'x-mcp-header': 'Limit' },
      dry_run: { type: 'boolean', 'x-mcp-header': 'Dry-Run' },
      owner: {
        type: 'object',
        properties: { team: { type: 'string', 'x-mcp-header': 'Owner-Team' } },
      },
      note: { type: 'string' },
    },
    required: ['region'],
  }),
];

const RESOURCES = [
  ...catalog.RESOURCES,
  {
    uri: 'test://stateless-static-text',
    name: 'Modern text',
    description: 'A text of the modern era',
    mimeType: 'text/plain',
  },
];

const PROMPTS = [
  ...catalog.PROMPTS,
  { name: 'test_input_required_result_prompt', description: 'A prompt that asks for its context first' },
];

const field = (name, type = 'string') => ({
  type: 'object',
  properties: { [name]: { type } },
  required: [name],
});

const ask = (message, name, type) => inputRequired.elicit({ message, requestedSchema: field(name, type) });

const codec = createRequestStateCodec({ key: randomBytes(32), ttlSeconds: 600 });

/** The member `name` of an accepted form, where it has the type; undefined otherwise. */
function answered(req, key, name, type = 'string') {
  const value = acceptedContent(req.inputResponses, key)?.[name];
  return typeof value === type ? value : undefined;
}

function sampled(req, key) {
  const view = inputResponse(req.inputResponses, key);
  return view.kind === 'sampling' ? [view.result.content].flat()[0]?.text : undefined;
}

function roots(req, key) {
  const view = inputResponse(req.inputResponses, key);
  return view.kind === 'roots' ? view.roots : undefined;
}

/** Serves the tools that may need another round; undefined for all others. */
async function rounds(name, args, req) {
  switch (name) {
    case 'test_input_required_result_elicitation': {
      const user = answered(req, 'user_name', 'name');
      return user === undefined
        ? inputRequired({ inputRequests: { user_name: ask('What is your name?', 'name') } })
        : catalog.said(`Hello, ${user}!`);
    }
    case 'test_input_required_result_sampling': {
      const answer = sampled(req, 'capital_question');
      const question = catalog.samplingFor('What is the capital of France?');
      return answer === undefined
        ? inputRequired({ inputRequests: { capital_question: inputRequired.createMessage(question) } })
        : catalog.said(answer);
    }
    case 'test_input_required_result_list_roots': {
      const found = roots(req, 'client_roots');
      return found === undefined
        ? inputRequired({ inputRequests: { client_roots: inputRequired.listRoots() } })
        : catalog.said(`Roots: ${found.map((root) => root.uri).join(', ')}`);
    }
    case 'test_input_required_result_request_state':
    case 'test_input_required_result_tampered_state': {
      const state = req.requestState();
      if (state?.tool === name && answered(req, 'confirm', 'ok', 'boolean') !== undefined) {
        return catalog.said('state-ok');
      }
      return inputRequired({
        inputRequests: { confirm: ask('Please confirm', 'ok', 'boolean') },
        requestState: await codec.mint({ tool: name }),
      });
    }
    case 'test_input_required_result_multiple_inputs': {
      const user = answered(req, 'user_name', 'name');
      const greeting = sampled(req, 'greeting');
      const found = roots(req, 'client_roots');
      if (req.requestState() !== undefined && user !== undefined && greeting !== undefined && found !== undefined) {
        return catalog.said(`${greeting} ${user}, with ${found.length} root(s)`);
      }
      return inputRequired({
        inputRequests: {
          user_name: ask('What is your name?', 'name'),
          greeting: inputRequired.createMessage(catalog.samplingFor('Generate a greeting', 50)),
          client_roots: inputRequired.listRoots(),
        },
        requestState: await codec.mint({ tool: name }),
      });
    }
    case 'test_input_required_result_multi_round': {
      const state = req.requestState();
      const user = state?.user ?? answered(req, 'step1', 'name');
      const color = state?.user === undefined ? undefined : answered(req, 'step2', 'color');
      if (user === undefined) {
        return inputRequired({
          inputRequests: { step1: ask('Step 1: What is your name?', 'name') },
          requestState: await codec.mint({ tool: name }),
        });
      }
      return color === undefined
        ? inputRequired({
            inputRequests: { step2: ask('Step 2: What is your favorite color?', 'color') },
            requestState: await codec.mint({ tool: name, user }),
          })
        : catalog.said(`${user} likes ${color}`);
    }
    case 'test_input_required_result_capabilities': {
      const able = req.envelope?.[CLIENT_CAPABILITIES] ?? {};
      const requests = {
        ...(able.elicitation && { user_name: ask('What is your name?', 'name') }),
        ...(able.sampling && { sample_request: inputRequired.createMessage(catalog.samplingFor('Say something')) }),
        ...(able.roots && { roots_request: inputRequired.listRoots() }),
      };
      const open = Object.entries(requests).filter(([key]) => req.inputResponses?.[key] === undefined);
      return open.length === 0
        ? catalog.said('Nothing left to ask')
        : inputRequired({ inputRequests: Object.fromEntries(open) });
    }
    case 'test_streaming_elicitation': {
      const user = answered(req, 'user_name', 'name');
      return user === undefined
        ? inputRequired({ inputRequests: { user_name: ask('What is your name?', 'name') } })
        : catalog.said(`Hello, ${user}!`);
    }
    case 'test_sampling': {
      const answer = sampled(req, 'sample_request');
      return answer === undefined
        ? inputRequired({
            inputRequests: { sample_request: inputRequired.createMessage(catalog.samplingFor(args.prompt)) },
          })
        : catalog.said(`LLM response: ${answer}`);
    }
    case 'test_url_elicitation': {
      const view = inputResponse(req.inputResponses, 'page');
      return view.kind === 'elicit'
        ? catalog.said(`The page: ${view.action}`)
        : inputRequired({ inputRequests: { page: inputRequired.elicitUrl(catalog.PAGE) } });
    }
    case 'test_elicitation':
      return form(req, 'User response', catalog.userForm(args.message));
    case 'test_elicitation_sep1034_defaults':
      return form(req, 'Elicitation completed', catalog.DEFAULTS_FORM);
    case 'test_elicitation_sep1330_enums':
      return form(req, 'Elicitation completed', catalog.ENUMS_FORM);
    default:
      return undefined;
  }
}

function form(req, says, asked) {
  const view = inputResponse(req.inputResponses, 'form');
  return view.kind === 'elicit'
    ? catalog.said(`${says}: action=${view.action}, content=${JSON.stringify(view.content ?? {})}`)
    : inputRequired({ inputRequests: { form: inputRequired.elicit(asked) } });
}

async function call({ name, arguments: args = {} }, context) {
  const req = context.mcpReq;
  const answer = catalog.plainAnswer(name, args) ?? (await rounds(name, args, req));
  if (answer !== undefined) {
    return answer;
  }
  const headers = Object.fromEntries(context.http?.req?.headers ?? []);
  switch (name) {
    case 'request_headers':
      return catalog.said(JSON.stringify(headers));
    case 'header_arguments': {
      const mirrored = Object.entries(headers).filter(([key]) => key.startsWith('mcp-param-'));
      const seen = { arguments: args, headers: Object.fromEntries(mirrored) };
      return { content: [catalog.text(JSON.stringify(seen))], structuredContent: seen };
    }
    case 'wait':
      return catalog.waitFor(args, req.signal);
    case 'test_missing_capability':
      if (req.envelope?.[CLIENT_CAPABILITIES]?.sampling === undefined) {
        throw new MissingRequiredClientCapabilityError({ requiredCapabilities: { sampling: {} } });
      }
      return catalog.said('The caller can sample');
    case 'test_logging_tool':
      await req.log('info', 'A line of the log', 'fixture');
      return catalog.said('Logged, where it was asked for');
    case 'test_tool_with_logging':
      await req.log('info', 'Tool execution started', 'fixture');
      await catalog.pause(50);
      await req.log('info', 'Tool processing data', 'fixture');
      await catalog.pause(50);
      await req.log('info', 'Tool execution completed', 'fixture');
      return catalog.said('Logged three lines');
    case 'test_tool_with_progress': {
      const progressToken = req._meta?.progressToken;
      for (const progress of [0, 50, 100]) {
        if (progressToken !== undefined) {
          await req.notify({
            method: 'notifications/progress',
            params: { progressToken, progress, total: 100, message: `Completed ${progress} of 100` },
          });
        }
        await catalog.pause(50);
      }
      return catalog.said('Progressed three times');
    }
    case 'test_reconnection':
      await catalog.pause(100);
      return catalog.said('Streams of this era cannot be taken up again');
    case 'test_trigger_tool_change':
      await changes.toolsChanged();
      return catalog.said('Announced');
    case 'test_trigger_prompt_change':
      await changes.promptsChanged();
      return catalog.said('Announced');
    case 'trigger_resource_update':
      catalog.touchWatched();
      await changes.resourceUpdated('test://watched-resource');
      return catalog.said('Updated');
    default:
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Unknown tool: ${name}`);
  }
}

/** Answers from the catalog, and tells the SDK the schemas, so that it holds Mcp-Param headers against them. */
class CatalogServer extends McpServer {
  toolInputSchemaJson(name) {
    return TOOLS.find((tool) => tool.name === name)?.inputSchema;
  }
}

const MINUTE = { ttlMs: 60000, cacheScope: 'public' };

function build() {
  const fixture = new CatalogServer(
    { name: 'turnpike-fixture-modern', version: '1.0.0' },
    {
      capabilities: {
        tools: { listChanged: true },
        resources: { subscribe: true, listChanged: true },
        prompts: { listChanged: true },
        completions: {},
        logging: {},
      },
      instructions: 'A fixture for tests.',
      cacheHints: {
        'server/discover': MINUTE,
        'tools/list': MINUTE,
        'prompts/list': MINUTE,
        'resources/list': MINUTE,
        'resources/templates/list': MINUTE,
        'resources/read': { ttlMs: 1000, cacheScope: 'private' },
      },
      requestState: { verify: codec.verify },
    },
  );
  const { server } = fixture;
  server.setRequestHandler('tools/list', () => ({ tools: TOOLS }));
  server.setRequestHandler('tools/call', ({ params }, context) => call(params, context));
  server.setRequestHandler('resources/list', () => ({ resources: RESOURCES }));
  server.setRequestHandler('resources/templates/list', () => ({ resourceTemplates: catalog.TEMPLATES }));
  server.setRequestHandler('resources/read', ({ params }) => {
    const contents = catalog.contentsOf(params.uri);
    if (contents === undefined) {
      throw new ResourceNotFoundError(params.uri);
    }
    return { contents };
  });
  server.setRequestHandler('prompts/list', () => ({ prompts: PROMPTS }));
  server.setRequestHandler('prompts/get', ({ params }, context) => {
    if (params.name === 'test_input_required_result_prompt') {
      const about = answered(context.mcpReq, 'user_context', 'context');
      return about === undefined
        ? inputRequired({ inputRequests: { user_context: ask('What context should the prompt use?', 'context') } })
        : { messages: [{ role: 'user', content: catalog.text(`Speak about ${about}`) }] };
    }
    const prompt = catalog.promptFor(params.name, params.arguments ?? {});
    if (prompt === undefined) {
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Unknown prompt: ${params.name}`);
    }
    return prompt;
  });
  server.setRequestHandler('completion/complete', ({ params }) => catalog.completionFor(params.argument.value));
  return fixture;
}

let changes;

if (process.argv.includes('--stdio')) {
  let pinned;
  const built = () => {
    pinned = build();
    return pinned;
  };
  changes = {
    toolsChanged: () => pinned.server.sendToolListChanged(),
    promptsChanged: () => pinned.server.sendPromptListChanged(),
    resourceUpdated: (uri) => pinned.server.sendResourceUpdated({ uri }),
  };
  serveStdio(built, { legacy: 'reject' });
} else {
  const handler = createMcpHandler(build, { legacy: 'reject' });
  changes = handler.notify;
  listen(toNodeHandler(handler));
}
