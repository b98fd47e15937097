// The npm clients of both eras against `<url> <user> <password>`, which know nothing but the URL: they learn from
// the 401 who issues tokens, take the authorization-code flow with PKCE there, and come back with a token.
import { Client as LegacyClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as LegacyTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { expect, failure, Report } from './lib/report.mjs';

const [url, user, password] = process.argv.slice(2);
const report = new Report('client-authorized', url);

/** Keeps what a client has to keep, and where it was sent. */
class Person {
  redirectUrl = 'http://127.0.0.1/callback';
  clientMetadata = { client_name: 'turnpike-test', redirect_uris: ['http://127.0.0.1/callback'] };
  asked = [];

  clientInformation() {
    return { client_id: 'mcp-client' };
  }

  tokens() {
    return this.kept;
  }

  saveTokens(tokens) {
    this.kept = tokens;
  }

  redirectToAuthorization(where) {
    this.asked.push(new URL(where));
  }

  saveCodeVerifier(verifier) {
    this.verifier = verifier;
  }

  codeVerifier() {
    return this.verifier;
  }

  state() {
    return 'a-state';
  }
}

/** Does what a person does in a browser: opens the page, signs in, and is sent back with a code. */
async function signIn(page) {
  const shown = await fetch(page, { redirect: 'manual' });
  const form = (await shown.text()).match(/action="([^"]+)"/);
  expect(form, 'there is a form to sign in', shown.status);
  const cookies = shown.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
  const answer = await fetch(form[1].replaceAll('&amp;', '&'), {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: cookies.join('; '), 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ username: user, password }),
  });
  const back = answer.headers.get('location');
  expect(back?.startsWith('http://127.0.0.1/callback'), 'the issuer sends back', [answer.status, back]);
  const told = new URL(back).searchParams;
  return [told.get('code'), told.get('iss')];
}

async function flow(name, makeClient, makeTransport) {
  const person = new Person();
  await report.step(`${name}: is turned away, and learns where to go`, async () => {
    const error = await failure(() => makeClient().connect(makeTransport(person)));
    expect(person.asked.length === 1, 'it was sent to sign in', String(error));
    const asked = person.asked[0].searchParams;
    expect(asked.get('code_challenge_method') === 'S256', 'with PKCE', asked.toString());
    expect(asked.get('resource') === url, 'for this resource', asked.toString());
    expect(asked.get('scope').split(' ').includes('refund:write'), 'with every scope that is needed', asked.get('scope'));
  });
  await report.step(`${name}: comes back with a token and calls`, async () => {
    const transport = makeTransport(person);
    await transport.finishAuth(...(await signIn(person.asked[0])));
    const client = makeClient();
    await client.connect(makeTransport(person));
    const { tools } = await client.listTools();
    expect(tools.length > 0, 'there are tools', tools);
    const { content } = await client.callTool({ name: tools[0].name, arguments: { message: 'hello' } });
    expect(content !== undefined, 'a tool answers', content);
    await client.close();
  });
}

await flow(
  'legacy',
  () => new LegacyClient({ name: 'turnpike-client-authorized', version: '1.0.0' }),
  (authProvider) => new LegacyTransport(new URL(url), { authProvider }),
);
await flow(
  'modern',
  () => new Client({ name: 'turnpike-client-authorized', version: '1.0.0' }, { versionNegotiation: { mode: { pin: '2026-07-28' } } }),
  (authProvider) => new StreamableHTTPClientTransport(new URL(url), { authProvider }),
);
report.end();
