// The MCP Inspector's command line against `<url>`, once for each thing that it can do; the era (legacy, the
// default, or modern) is the second argument. By hand the same is
//   npx mcp-inspector --cli <url> --method tools/list
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, Report } from './lib/report.mjs';

const LAUNCHER = './node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js';
const [url, era = 'legacy'] = process.argv.slice(2);
const report = new Report('inspector', url);
// A home of its own: the Inspector keeps files there, and must not read or leave any in the user's.
const home = mkdtempSync(join(tmpdir(), 'inspector-'));
const config = join(home, 'servers.json');
writeFileSync(
  config,
  JSON.stringify({ mcpServers: { peer: { type: 'streamable-http', url, protocolEra: era } } }),
);

async function inspect(...args) {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [fileURLToPath(new URL(LAUNCHER, import.meta.url)), '--cli', '--config', config, '--server', 'peer', ...args],
    { env: { PATH: process.env.PATH, HOME: home, MCP_INSPECTOR_SECRET_STORE: 'memory' }, timeout: 30_000 },
  );
  return JSON.parse(stdout);
}

await report.step('tools/list', async () => {
  const { tools } = await inspect('--method', 'tools/list');
  expect(tools.some((tool) => tool.name === 'add'), 'the tools are listed', tools);
});
await report.step('tools/call', async () => {
  const answer = await inspect('--method', 'tools/call', '--tool-name', 'add', '--tool-arg', 'a=2', 'b=40');
  expect(answer.structuredContent?.sum === 42, 'the tool is called', answer);
});
await report.step('resources/read', async () => {
  const answer = await inspect('--method', 'resources/read', '--uri', 'test://static-text');
  expect(answer.contents[0].text.includes('static text resource'), 'the resource is read', answer);
});
await report.step('prompts/get', async () => {
  const prompt = ['--prompt-name', 'test_prompt_with_arguments', '--prompt-args', 'arg1=a', 'arg2=b'];
  const answer = await inspect('--method', 'prompts/get', ...prompt);
  expect(answer.messages[0].content.text.includes("arg2='b'"), 'the prompt is filled in', answer);
});

rmSync(home, { recursive: true, force: true });
report.end();
