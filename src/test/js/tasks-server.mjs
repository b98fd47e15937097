// A server of 2026-07-28 with the Tasks extension, in plain HTTP: the npm SDK does not serve tasks of this era yet.
// It keeps no sessions, answers with one JSON body each, and forgets its tasks when it ends.
import { randomUUID } from 'node:crypto';
import { listen } from './lib/listen.mjs';

const TASKS = 'io.modelcontextprotocol/tasks';
const CAPABILITIES = 'io.modelcontextprotocol/clientCapabilities';
const VERSION = '2026-07-28';
const TTL = 60_000;
const NOTHING = { type: 'object', properties: {} };

const tasks = new Map();

const said = (text, isError) => ({ content: [{ type: 'text', text }], ...(isError ? { isError } : {}) });
const pause = (millis) => new Promise((resume) => setTimeout(resume, millis));
const ask = (message, property, type) => ({
  method: 'elicitation/create',
  params: {
    mode: 'form',
    message,
    requestedSchema: { type: 'object', properties: { [property]: { type } }, required: [property] },
  },
});

class Refused extends Error {
  constructor(status, code, message, data) {
    super(message);
    Object.assign(this, { status, code, data });
  }
}

const now = () => new Date().toISOString();

function changed(task, change) {
  // a task that is over stays as it is
  if (['completed', 'failed', 'cancelled'].includes(task.status)) {
    return;
  }
  Object.assign(task, change, { lastUpdatedAt: now() });
}

function begin(work) {
  const task = {
    taskId: randomUUID(),
    status: 'working',
    createdAt: now(),
    lastUpdatedAt: now(),
    ttlMs: TTL,
    pollIntervalMs: 200,
  };
  tasks.set(task.taskId, { task, answered: () => {} });
  work(tasks.get(task.taskId)).then(
    (result) => changed(task, { status: 'completed', result }),
    (failed) => changed(task, { status: 'failed', error: { code: -32603, message: failed.message } }),
  );
  return { resultType: 'task', ...task };
}

// stands until each of the requests has its answer; then with all of them
function inputs(held, requests) {
  return new Promise((resume) => {
    const pending = { ...requests };
    const got = {};
    changed(held.task, { status: 'input_required', inputRequests: pending });
    held.answered = (responses) => {
      for (const [key, response] of Object.entries(responses)) {
        if (key in pending) {
          delete pending[key];
          got[key] = response;
        }
      }
      changed(held.task, { inputRequests: { ...pending } });
      if (Object.keys(pending).length === 0) {
        delete held.task.inputRequests;
        changed(held.task, { status: 'working' });
        resume(got);
      }
    };
  });
}

const compute = async ({ seconds = 1 }) => {
  await pause(seconds * 1000);
  return said(`computed for ${seconds} s`);
};

const content = (response) => response?.content ?? {};

const TOOLS = {
  greet: { now: async ({ name }) => said(`Hello, ${name}!`), schema: { name: { type: 'string' } } },
  slow_compute: {
    schema: { seconds: { type: 'number' }, label: { type: 'string' } },
    now: compute,
    task: (_, args) => compute(args),
    fast: ({ seconds }) => seconds === 0,
  },
  failing_job: {
    required: true,
    task: async () => {
      await pause(1000);
      return said('it did not work', true);
    },
  },
  protocol_error_job: {
    task: async () => {
      await pause(200);
      throw new Error('the server broke');
    },
  },
  confirm_delete: {
    schema: { filename: { type: 'string' } },
    task: async (held, { filename = 'it' }) => {
      const { confirm } = await inputs(held, { confirm: ask(`Delete ${filename}?`, 'confirm', 'boolean') });
      return said(content(confirm).confirm ? `deleted ${filename}` : 'kept');
    },
  },
  multi_input: {
    task: async (held) => {
      const got = await inputs(held, {
        first: ask('The first?', 'value', 'string'),
        second: ask('The second?', 'value', 'string'),
      });
      return said(Object.keys(got).sort().join(' and '));
    },
  },
  test_tool_with_task: {
    required: true,
    task: async (_, __, name) => {
      await pause(200);
      return said(`done for ${name}`);
    },
  },
};

function listed() {
  return {
    resultType: 'complete',
    tools: Object.entries(TOOLS).map(([name, tool]) => ({
      name,
      description: `${name}, for tests of tasks`,
      inputSchema: tool.schema ? { type: 'object', properties: tool.schema } : NOTHING,
    })),
    ttlMs: 0,
    cacheScope: 'public',
  };
}

function declared(params) {
  return params?._meta?.[CAPABILITIES]?.extensions?.[TASKS] !== undefined;
}

function lacking() {
  return new Refused(400, -32021, 'This needs the Tasks extension', {
    requiredCapabilities: { extensions: { [TASKS]: {} } },
  });
}

async function call(params) {
  const tool = TOOLS[params.name];
  const args = params.arguments ?? {};
  if (!tool) {
    throw new Refused(200, -32602, 'There is no such tool');
  }
  const knows = declared(params);
  if (tool.required && !knows) {
    throw lacking();
  }
  if (params.name === 'test_tool_with_task') {
    const name = content(params.inputResponses?.user_name).user_name ?? content(params.inputResponses?.user_name).name;
    if (!params.inputResponses) {
      return {
        resultType: 'input_required',
        inputRequests: { user_name: ask('Who are you?', 'user_name', 'string') },
        requestState: 'asked',
      };
    }
    return begin((held) => tool.task(held, args, name));
  }
  if (tool.task && knows && !tool.fast?.(args)) {
    return begin((held) => tool.task(held, args));
  }
  const result = await (tool.now ?? ((given) => tool.task({ task: {} }, given)))(args);
  return { resultType: 'complete', ...result };
}

function held(params) {
  if (!declared(params)) {
    throw lacking();
  }
  const found = tasks.get(params.taskId);
  if (!found) {
    throw new Refused(200, -32602, 'There is no such task');
  }
  return found;
}

const METHODS = {
  'server/discover': () => ({
    resultType: 'complete',
    supportedVersions: [VERSION],
    capabilities: { tools: {}, extensions: { [TASKS]: {} } },
    _meta: { 'io.modelcontextprotocol/serverInfo': { name: 'tasks', version: '1' } },
    ttlMs: 0,
    cacheScope: 'public',
  }),
  'tools/list': listed,
  'tools/call': call,
  'tasks/get': (params) => ({ resultType: 'complete', ...held(params).task }),
  'tasks/update': (params) => {
    held(params).answered(params.inputResponses ?? {});
    return { resultType: 'complete' };
  },
  'tasks/cancel': (params) => {
    changed(held(params).task, { status: 'cancelled' });
    return { resultType: 'complete' };
  },
};

function heads(request, message) {
  const name = message.params?.taskId ?? message.params?.name;
  const wanted = { 'mcp-protocol-version': VERSION, 'mcp-method': message.method };
  if (message.method.startsWith('tasks/') || message.method === 'tools/call') {
    wanted['mcp-name'] = name;
  }
  for (const [field, value] of Object.entries(wanted)) {
    if (request.headers[field] !== value) {
      throw new Refused(400, -32020, `Header mismatch: ${field}`);
    }
  }
}

async function answer(request, message) {
  try {
    const method = METHODS[message.method];
    if (!method) {
      throw new Refused(404, -32601, 'There is no such method');
    }
    heads(request, message);
    return [200, { jsonrpc: '2.0', id: message.id, result: await method(message.params) }];
  } catch (refused) {
    const { status = 500, code = -32603, data } = refused;
    return [status, { jsonrpc: '2.0', id: message.id, error: { code, message: refused.message, data } }];
  }
}

listen(async (request, response) => {
  let body = '';
  for await (const chunk of request) {
    body += chunk;
  }
  const [status, message] = await answer(request, JSON.parse(body));
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(message));
});
