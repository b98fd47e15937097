// The npm client of A2A 1.0 against the card at `<url>/.well-known/agent-card.json`, with `agent.mjs` behind it:
// `<url> [origin]`, the second where the card names an origin that stands for that of the first.
import { ClientFactory, JsonRpcTransportFactory } from '@a2a-js/sdk/client';
import { ListTasksRequest, SendMessageRequest, StreamResponse, Task, TaskState } from '@a2a-js/sdk';
import { randomUUID } from 'node:crypto';
import { expect, failure, Report } from './lib/report.mjs';

const [url, origin] = process.argv.slice(2);
const report = new Report('client-agent', url);
const fetchImpl = (to, ...rest) =>
  fetch(origin === undefined ? to : String(to).replace(origin, new URL(url).origin), ...rest);
const client = await new ClientFactory({
  transports: [new JsonRpcTransportFactory({ fetchImpl })],
}).createFromUrl(`${url}/`);

const message = (parts, more = {}) =>
  SendMessageRequest.fromJSON({
    message: { messageId: randomUUID(), role: 'ROLE_USER', parts, ...more },
  });
const say = (text, more) => message([{ text }], more);
const json = (result) => (result.status === undefined ? result : Task.toJSON(result));

async function events(stream, seen = () => {}) {
  const all = [];
  for await (const event of stream) {
    all.push(StreamResponse.toJSON(event));
    await seen(all.at(-1));
  }
  return all;
}

await report.step('card', async () => {
  const asked = { headers: { 'A2A-Version': '1.0' } };
  const card = await (await fetch(`${url}/.well-known/agent-card.json`, asked)).json();
  expect(card.supportedInterfaces.length === 1, 'one interface', card);
  expect(card.name === 'Echo' && card.skills[0].id === 'echo', 'it is the agent’s', card);
  expect(origin === undefined || card.supportedInterfaces[0].url.startsWith(origin), 'and says where', card);
  return card.supportedInterfaces[0].url;
});

await report.step('send', async () => {
  const task = json(await client.sendMessage(say('hello')));
  expect(task.status.state === 'TASK_STATE_COMPLETED', 'it is done', task);
  expect(task.artifacts[0].parts[0].text === 'hello', 'it says what it was told', task);
});

await report.step('data', async () => {
  const data = { task_id: 'x', nested: [1, 2.5, null, { a: true }] };
  const task = json(await client.sendMessage(message([{ data }])));
  expect(JSON.stringify(task.artifacts[0].parts[0].data) === JSON.stringify(data), 'data comes back', task);
});

await report.step('a message for an answer', async () => {
  const answer = await client.sendMessage(say('message'));
  expect(answer.parts?.[0].content.value === 'only words', 'words', answer);
});

await report.step('stream', async () => {
  const all = await events(client.sendMessageStream(say('hello')));
  const kinds = all.map((event) => Object.keys(event)[0]).join();
  expect(kinds === 'task,statusUpdate,artifactUpdate,statusUpdate', 'each event, in order', kinds);
  expect(all.at(-1).statusUpdate.status.state === 'TASK_STATE_COMPLETED', 'it is done', all);
});

await report.step('get and list', async () => {
  const { id, contextId } = await client.sendMessage(say('hello'));
  const task = await client.getTask({ id });
  expect(task.id === id && task.status.state === TaskState.TASK_STATE_COMPLETED, 'it is there', task);
  const { tasks } = await client.listTasks(ListTasksRequest.fromJSON({ contextId }));
  expect(tasks.length === 1 && tasks[0].id === id, 'it is listed', tasks);
});

await report.step('go on', async () => {
  const asked = json(await client.sendMessage(say('ask')));
  expect(asked.status.state === 'TASK_STATE_INPUT_REQUIRED', 'it asks back', asked);
  const done = json(await client.sendMessage(say('this', { taskId: asked.id, contextId: asked.contextId })));
  expect(done.id === asked.id && done.status.state === 'TASK_STATE_COMPLETED', 'the same task is done', done);
});

await report.step('subscribe and cancel', async () => {
  let following;
  const all = await events(client.sendMessageStream(say('slowly')), async (event) => {
    if (event.statusUpdate?.status.state === 'TASK_STATE_WORKING') {
      const { taskId } = event.statusUpdate;
      following = events(client.resubscribeTask({ id: taskId }), async (first) => {
        if (first.task !== undefined) {
          await client.cancelTask({ id: taskId });
        }
      });
    }
  });
  expect(all.at(-1).statusUpdate.status.state === 'TASK_STATE_CANCELED', 'the stream says so', all);
  const followed = await following;
  expect(followed.at(-1).statusUpdate.status.state === 'TASK_STATE_CANCELED', 'so does the other', followed);
});

await report.step('errors', async () => {
  const unknown = await failure(() => client.getTask({ id: 'nobodys' }));
  expect(unknown.name === 'TaskNotFoundError', 'no such task', String(unknown));
});

report.end();
