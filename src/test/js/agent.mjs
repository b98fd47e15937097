// An agent on the npm SDK of A2A, in version 1.0 over JSON-RPC: a message with the text `slowly` works until it is
// cancelled, `ask` asks back, and everything else is echoed. Its card is where cards are.
import { agentCardHandler, jsonRpcHandler, UserBuilder } from '@a2a-js/sdk/server/express';
import { AgentEvent, DefaultRequestHandler, InMemoryTaskStore } from '@a2a-js/sdk/server';
import { AgentCard, Message, Task, TaskArtifactUpdateEvent, TaskStatusUpdateEvent } from '@a2a-js/sdk';
import express from 'express';
import { endWithStarter } from './lib/listen.mjs';

const app = express();
const server = app.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
  const { port } = server.address();
  serve(port);
  console.log(`listening ${port}`);
});
endWithStarter();

const card = (port) =>
  AgentCard.fromJSON({
    name: 'Echo',
    description: 'Says what it is told',
    version: '1.0.0',
    supportedInterfaces: [
      { url: `http://127.0.0.1:${port}/rpc`, protocolBinding: 'JSONRPC', protocolVersion: '1.0' },
    ],
    capabilities: { streaming: true },
    defaultInputModes: ['text/plain', 'application/json'],
    defaultOutputModes: ['text/plain', 'application/json'],
    skills: [{ id: 'echo', name: 'Echo', description: 'Echoes', tags: ['test'] }],
  });

class Echo {
  #open = new Map();

  async execute({ userMessage, taskId, contextId, task }, bus) {
    const said = Message.toJSON(userMessage);
    const text = said.parts.map((part) => part.text ?? JSON.stringify(part.data)).join(' ');
    const status = (state, more = {}) =>
      bus.publish(AgentEvent.statusUpdate(TaskStatusUpdateEvent.fromJSON({ taskId, contextId, status: { state, ...more } })));
    if (text === 'message') {
      const parts = [{ text: 'only words' }];
      bus.publish(AgentEvent.message(Message.fromJSON({ messageId: 'm', role: 'ROLE_AGENT', contextId, parts })));
      bus.finished();
      return;
    }
    if (task === undefined) {
      const begun = { id: taskId, contextId, status: { state: 'TASK_STATE_SUBMITTED' }, history: [said] };
      bus.publish(AgentEvent.task(Task.fromJSON(begun)));
    }
    status('TASK_STATE_WORKING');
    if (text === 'slowly') {
      await new Promise((resolve) => this.#open.set(taskId, resolve));
      status('TASK_STATE_CANCELED');
    } else if (text === 'ask') {
      const parts = [{ text: 'which?' }];
      status('TASK_STATE_INPUT_REQUIRED', { message: { messageId: 'q', role: 'ROLE_AGENT', taskId, contextId, parts } });
    } else {
      const artifact = { artifactId: 'a', name: 'echo', parts: said.parts };
      bus.publish(AgentEvent.artifactUpdate(TaskArtifactUpdateEvent.fromJSON({ taskId, contextId, artifact, lastChunk: true })));
      status('TASK_STATE_COMPLETED');
    }
    bus.finished();
  }

  async cancelTask(taskId) {
    this.#open.get(taskId)?.();
  }
}

function serve(port) {
  const handler = new DefaultRequestHandler(card(port), new InMemoryTaskStore(), new Echo());
  app.use('/.well-known/agent-card.json', agentCardHandler({ agentCardProvider: handler }));
  app.use('/rpc', jsonRpcHandler({ requestHandler: handler, userBuilder: UserBuilder.noAuthentication }));
}
