// Tools that ask their caller something, in the way of the eras with `initialize`: by requests of the server on
// the stream of the call. The names are those that the modern fixture has for its rounds.
import { CreateMessageResultSchema, ElicitResultSchema, ListRootsResultSchema } from '@modelcontextprotocol/sdk/types.js';
import * as catalog from './catalog.mjs';

const NOTHING = { type: 'object', properties: {} };
const more = (name, description, inputSchema = NOTHING) => ({ name, description, inputSchema });

export const TOOLS = [
  more('test_missing_capability', 'Needs a caller that can sample'),
  more('test_streaming_elicitation', 'Asks the user, on a caller that can'),
  more('test_logging_tool', 'Logs, where the caller asked for logs'),
  more('test_input_required_result_elicitation', 'Asks for a name'),
  more('test_input_required_result_sampling', 'Asks the caller’s model'),
  more('test_input_required_result_list_roots', 'Asks for the caller’s roots'),
  more('test_input_required_result_request_state', 'Asks once'),
  more('test_input_required_result_multiple_inputs', 'Asks three things at once'),
  more('test_input_required_result_multi_round', 'Asks twice, one after the other'),
  more('test_input_required_result_tampered_state', 'Asks once'),
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

export const PROMPTS = [
  { name: 'test_input_required_result_prompt', description: 'A prompt that asks for its context first' },
];

const field = (name, type = 'string') => ({
  type: 'object',
  properties: { [name]: { type } },
  required: [name],
});

/** What the tool says after it has asked; undefined where it is none of these. */
export async function answerOf(name, extra, capabilities) {
  const elicit = async (message, asked, type) =>
    (await extra.sendRequest(
      { method: 'elicitation/create', params: { message, requestedSchema: field(asked, type) } },
      ElicitResultSchema,
    )).content?.[asked];
  const sample = async (prompt, tokens) =>
    (await extra.sendRequest(
      { method: 'sampling/createMessage', params: catalog.samplingFor(prompt, tokens) },
      CreateMessageResultSchema,
    )).content.text;
  const roots = async () => (await extra.sendRequest({ method: 'roots/list' }, ListRootsResultSchema)).roots;
  switch (name) {
    case 'test_missing_capability':
      await sample('Say something');
      return catalog.said('The caller can sample');
    case 'test_logging_tool':
      await extra.sendNotification({
        method: 'notifications/message',
        params: { level: 'info', logger: 'fixture', data: 'A line of the log' },
      });
      return catalog.said('Logged, where it was asked for');
    case 'test_streaming_elicitation':
    case 'test_input_required_result_elicitation':
      return catalog.said(`Hello, ${await elicit('What is your name?', 'name')}!`);
    case 'test_input_required_result_sampling':
      return catalog.said(await sample('What is the capital of France?'));
    case 'test_input_required_result_list_roots':
      return catalog.said(`Roots: ${(await roots()).map((root) => root.uri).join(', ')}`);
    case 'test_input_required_result_request_state':
    case 'test_input_required_result_tampered_state':
      await elicit('Please confirm', 'ok', 'boolean');
      return catalog.said('state-ok');
    case 'test_input_required_result_multiple_inputs': {
      const [user, greeting, found] = await Promise.all([
        elicit('What is your name?', 'name'),
        sample('Generate a greeting', 50),
        roots(),
      ]);
      return catalog.said(`${greeting} ${user}, with ${found.length} root(s)`);
    }
    case 'test_input_required_result_multi_round': {
      const user = await elicit('Step 1: What is your name?', 'name');
      const color = await elicit('Step 2: What is your favorite color?', 'color');
      return catalog.said(`${user} likes ${color}`);
    }
    case 'test_input_required_result_capabilities':
      await Promise.all([
        ...(capabilities.elicitation ? [elicit('What is your name?', 'name')] : []),
        ...(capabilities.sampling ? [sample('Say something')] : []),
        ...(capabilities.roots ? [roots()] : []),
      ]);
      return catalog.said('Nothing left to ask');
    case 'test_input_required_result_prompt': {
      const about = await elicit('What context should the prompt use?', 'context');
      return { messages: [{ role: 'user', content: catalog.text(`Speak about ${about}`) }] };
    }
    default:
      return undefined;
  }
}
