// What both fixture servers offer: the names and payloads that the official conformance suite asks for, and a
// few of our own. Plain data, so that the schemas go over the wire as they are written here.

// One red pixel as PNG, and a WAV header with two samples: small, and different from each other.
export const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==';
export const WAV = 'UklGRigAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQQAAAAAAAAA';

const NOTHING = { type: 'object', properties: {} };

export const text = (value) => ({ type: 'text', text: value });
export const said = (value) => ({ content: [text(value)] });
export const failed = (value) => ({ content: [text(value)], isError: true });
export const pause = (millis) => new Promise((resume) => setTimeout(resume, millis));

const tool = (name, description, inputSchema = NOTHING, more = {}) => ({ name, description, inputSchema, ...more });

/** Tools of both eras. */
export const TOOLS = [
  tool('test_simple_text', 'Answers one line of text'),
  tool('test_image_content', 'Answers an image'),
  tool('test_audio_content', 'Answers a sound'),
  tool('test_embedded_resource', 'Answers an embedded resource'),
  tool('test_multiple_content_types', 'Answers text, an image and a resource together'),
  tool('test_tool_with_logging', 'Logs three lines while it runs'),
  tool('test_tool_with_progress', 'Reports progress three times while it runs'),
  tool('test_error_handling', 'Always fails, as a tool result'),
  tool('test_reconnection', 'Has the stream of its answer broken off before it answers'),
  tool('test_sampling', 'Has the caller’s model say something', {
    type: 'object',
    properties: { prompt: { type: 'string', description: 'What the model is asked' } },
    required: ['prompt'],
  }),
  tool('test_elicitation', 'Asks the user for a name and an address', {
    type: 'object',
    properties: { message: { type: 'string', description: 'What the user is shown' } },
    required: ['message'],
  }),
  tool('test_url_elicitation', 'Sends the user to a page of its own'),
  tool('test_elicitation_sep1034_defaults', 'Asks the user with a default for each kind of field'),
  tool('test_elicitation_sep1330_enums', 'Asks the user with each kind of choice'),
  tool('json_schema_2020_12_tool', 'Tool with JSON Schema 2020-12 features', {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    $defs: {
      address: {
        $anchor: 'addressDef',
        type: 'object',
        properties: { street: { type: 'string' }, city: { type: 'string' } },
      },
    },
    properties: {
      name: { type: 'string' },
      address: { $ref: '#/$defs/address' },
      contactMethod: { type: 'string', enum: ['phone', 'email'] },
      phone: { type: 'string' },
      email: { type: 'string' },
    },
    allOf: [{ anyOf: [{ required: ['phone'] }, { required: ['email'] }] }],
    if: { properties: { contactMethod: { const: 'phone' } }, required: ['contactMethod'] },
    then: { required: ['phone'] },
    else: { required: ['email'] },
    additionalProperties: false,
  }),
  // From here on: our own.
  tool('echo', 'Answers its arguments, as text and as structured content', { type: 'object' }),
  tool(
    'add',
    'Adds two numbers; the answer has a schema',
    { type: 'object', properties: { a: { type: 'number' }, b: { type: 'number' } }, required: ['a', 'b'] },
    {
      outputSchema: { type: 'object', properties: { sum: { type: 'number' } }, required: ['sum'] },
      annotations: { readOnlyHint: true, idempotentHint: true },
    },
  ),
  tool('request_headers', 'Answers the HTTP headers that its request came with'),
  tool(
    'wait',
    'Waits until it is cancelled or the time is over',
    {
      type: 'object',
      properties: { key: { type: 'string' }, millis: { type: 'integer', minimum: 0, maximum: 60000 } },
      required: ['key', 'millis'],
    },
  ),
  tool('was_cancelled', 'Says how a wait ended: waiting, cancelled, over or unknown', {
    type: 'object',
    properties: { key: { type: 'string' } },
    required: ['key'],
  }),
];

/** Callable, but in no list. */
export const UNLISTED = ['test_trigger_tool_change', 'test_trigger_prompt_change', 'trigger_resource_update'];

export const DEFAULTS_FORM = {
  message: 'Please review the values',
  requestedSchema: {
    type: 'object',
    properties: {
      name: { type: 'string', description: 'Name', default: 'John Doe' },
      age: { type: 'integer', description: 'Age', default: 30 },
      score: { type: 'number', description: 'Score', default: 95.5 },
      status: { type: 'string', enum: ['active', 'inactive', 'pending'], default: 'active' },
      verified: { type: 'boolean', description: 'Verified', default: true },
    },
    required: [],
  },
};

const titled = (values, titles) => values.map((value, at) => ({ const: value, title: titles[at] }));

export const ENUMS_FORM = {
  message: 'Please choose',
  requestedSchema: {
    type: 'object',
    properties: {
      untitledSingle: { type: 'string', enum: ['option1', 'option2', 'option3'] },
      titledSingle: {
        type: 'string',
        oneOf: titled(['value1', 'value2', 'value3'], ['First Option', 'Second Option', 'Third Option']),
      },
      legacyEnum: {
        type: 'string',
        enum: ['opt1', 'opt2', 'opt3'],
        enumNames: ['Option One', 'Option Two', 'Option Three'],
      },
      untitledMulti: { type: 'array', items: { type: 'string', enum: ['option1', 'option2', 'option3'] } },
      titledMulti: {
        type: 'array',
        items: { anyOf: titled(['value1', 'value2', 'value3'], ['First Choice', 'Second Choice', 'Third Choice']) },
      },
    },
    required: [],
  },
};

export const userForm = (message) => ({
  message,
  requestedSchema: {
    type: 'object',
    properties: {
      username: { type: 'string', description: 'Name of the user' },
      email: { type: 'string', description: 'Address of the user' },
    },
    required: ['username', 'email'],
  },
});

export const PAGE = { url: 'https://example.com/tolls?pay=1', message: 'Please pay the toll' };

export const samplingFor = (prompt, maxTokens = 100) => ({
  messages: [{ role: 'user', content: text(prompt) }],
  maxTokens,
});

/** The answers of tools that need nothing but their arguments; undefined for all others. */
export function plainAnswer(name, args) {
  switch (name) {
    case 'test_simple_text':
      return said('This is a simple text response for testing.');
    case 'test_image_content':
      return { content: [{ type: 'image', data: PNG, mimeType: 'image/png' }] };
    case 'test_audio_content':
      return { content: [{ type: 'audio', data: WAV, mimeType: 'audio/wav' }] };
    case 'test_embedded_resource':
      return {
        content: [
          {
            type: 'resource',
            resource: { uri: 'test://embedded-resource', mimeType: 'text/plain', text: 'An embedded resource.' },
          },
        ],
      };
    case 'test_multiple_content_types':
      return {
        content: [
          text('Multiple content types test:'),
          { type: 'image', data: PNG, mimeType: 'image/png' },
          {
            type: 'resource',
            resource: {
              uri: 'test://mixed-content-resource',
              mimeType: 'application/json',
              text: JSON.stringify({ test: 'data', value: 123 }),
            },
          },
        ],
      };
    case 'test_error_handling':
      return failed('This tool intentionally returns an error for testing');
    case 'json_schema_2020_12_tool':
      return said(`Called with ${JSON.stringify(args)}`);
    case 'echo':
      return { content: [text(JSON.stringify(args))], structuredContent: args };
    case 'add': {
      const sum = args.a + args.b;
      return { content: [text(JSON.stringify({ sum }))], structuredContent: { sum } };
    }
    case 'was_cancelled':
      return said(waits.get(args.key) ?? 'unknown');
    default:
      return undefined;
  }
}

const waits = new Map();

/** Waits for the time or the signal, and remembers which of them it was. */
export async function waitFor({ key, millis }, signal) {
  waits.set(key, 'waiting');
  const ended = await new Promise((resume) => {
    const timer = setTimeout(() => resume('over'), millis);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resume('cancelled');
    });
  });
  waits.set(key, ended);
  return said(ended);
}

export const RESOURCES = [
  { uri: 'test://static-text', name: 'Static text', description: 'A text that never changes', mimeType: 'text/plain' },
  { uri: 'test://static-binary', name: 'Static binary', description: 'An image', mimeType: 'image/png' },
  { uri: 'test://watched-resource', name: 'Watched', description: 'One that can be watched', mimeType: 'text/plain' },
];

export const TEMPLATES = [
  {
    uriTemplate: 'test://template/{id}/data',
    name: 'Template',
    description: 'Data for each id',
    mimeType: 'application/json',
  },
];

let updates = 0;

/** Changes the watched resource. */
export function touchWatched() {
  updates += 1;
}

/** The contents of a resource, or undefined where there is none of that address. */
export function contentsOf(uri) {
  switch (uri) {
    case 'test://static-text':
      return [{ uri, mimeType: 'text/plain', text: 'This is the content of the static text resource.' }];
    case 'test://stateless-static-text':
      return [{ uri, mimeType: 'text/plain', text: 'This one is served in the modern era only.' }];
    case 'test://static-binary':
      return [{ uri, mimeType: 'image/png', blob: PNG }];
    case 'test://watched-resource':
      return [{ uri, mimeType: 'text/plain', text: `Updated ${updates} times.` }];
    default: {
      const id = /^test:\/\/template\/([^/]+)\/data$/.exec(uri)?.[1];
      if (id === undefined) {
        return undefined;
      }
      const data = { id, templateTest: true, data: `Data for ID: ${id}` };
      return [{ uri, mimeType: 'application/json', text: JSON.stringify(data) }];
    }
  }
}

export const PROMPTS = [
  { name: 'test_simple_prompt', description: 'A prompt without arguments' },
  {
    name: 'test_prompt_with_arguments',
    description: 'A prompt with two arguments',
    arguments: [
      { name: 'arg1', description: 'First argument', required: true },
      { name: 'arg2', description: 'Second argument', required: true },
    ],
  },
  {
    name: 'test_prompt_with_embedded_resource',
    description: 'A prompt that embeds a resource',
    arguments: [{ name: 'resourceUri', description: 'Address of the resource', required: true }],
  },
  { name: 'test_prompt_with_image', description: 'A prompt with an image' },
];

const user = (content) => ({ role: 'user', content });

/** The messages of a prompt, or undefined where there is none of that name. */
export function promptFor(name, args) {
  switch (name) {
    case 'test_simple_prompt':
      return { messages: [user(text('This is a simple prompt for testing.'))] };
    case 'test_prompt_with_arguments':
      return { messages: [user(text(`Prompt with arguments: arg1='${args.arg1}', arg2='${args.arg2}'`))] };
    case 'test_prompt_with_embedded_resource':
      return {
        messages: [
          user({
            type: 'resource',
            resource: {
              uri: args.resourceUri,
              mimeType: 'text/plain',
              text: 'Embedded resource content for testing.',
            },
          }),
          user(text('Please process the embedded resource above.')),
        ],
      };
    case 'test_prompt_with_image':
      return {
        messages: [
          user({ type: 'image', data: PNG, mimeType: 'image/png' }),
          user(text('Please analyze the image above.')),
        ],
      };
    default:
      return undefined;
  }
}

const CITIES = ['paris', 'park', 'party', 'prague'];

/** Completes any argument with the same few words. */
export function completionFor(value) {
  const values = CITIES.filter((city) => city.startsWith(value));
  return { completion: { values, total: values.length, hasMore: false } };
}
