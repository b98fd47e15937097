// MCP by plain HTTP, for what the SDKs hide.

const ACCEPT = 'application/json, text/event-stream';

/** Posts one JSON-RPC message. */
export function post(url, headers, message, signal = AbortSignal.timeout(20_000)) {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: ACCEPT, ...headers },
    body: JSON.stringify(message),
    signal,
  });
}

/** The events of a stream as they come: `{id, data}`, data parsed, undefined where the event had none. */
export async function* eventsOf(response) {
  let pending = '';
  for await (const part of response.body.pipeThrough(new TextDecoderStream())) {
    pending += part;
    const blocks = pending.split(/\r?\n\r?\n/);
    pending = blocks.pop();
    for (const block of blocks) {
      const lines = block.split(/\r?\n/);
      const valuesOf = (field) =>
        lines.filter((line) => line.startsWith(`${field}:`)).map((line) => line.slice(field.length + 1).trimStart());
      const [id] = valuesOf('id');
      const data = valuesOf('data').join('\n');
      if (id !== undefined || data !== '') {
        yield { id, data: data === '' ? undefined : JSON.parse(data) };
      }
    }
  }
}

/** The answer to the request `id`, from a JSON body or a stream. */
export async function jsonOf(response, id) {
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) {
    return response.json();
  }
  for await (const event of eventsOf(response)) {
    if (event.data?.id === id) {
      return event.data;
    }
  }
  throw new Error(`the stream ended without an answer to ${id}`);
}

/** The first `count` answers, from a JSON array or from a stream of messages and arrays. */
export async function answersOf(response, count) {
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) {
    return response.json();
  }
  const answers = [];
  for await (const event of eventsOf(response)) {
    answers.push(...[event.data ?? []].flat().filter((message) => message.id !== undefined && !message.method));
    if (answers.length >= count) {
      break;
    }
  }
  return answers;
}
