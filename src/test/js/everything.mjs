// Starts npm's server-everything over streamable HTTP, or with `--sse` over HTTP+SSE (at `/sse`), on PORT (0, the default: any free port). It would bind the
// wildcard address and outlive its starter; here it keeps to loopback and to the rules of lib/listen.mjs.
import { Server } from 'node:net';
import { endWithStarter } from './lib/listen.mjs';

const { listen } = Server.prototype;
Server.prototype.listen = function (port, ...rest) {
  const announced = listen.call(this, Number(port), '127.0.0.1', ...rest);
  this.once('listening', () => console.log(`listening ${this.address().port}`));
  return announced;
};

process.env.PORT ??= '0';
const kind = process.argv.includes('--sse') ? 'sse' : 'streamableHttp';
process.argv.splice(2, process.argv.length, kind, ...process.argv.slice(2));
endWithStarter();
await import('./node_modules/@modelcontextprotocol/server-everything/dist/index.js');
