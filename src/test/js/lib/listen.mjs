// Serves one request function on loopback, and ends with whoever started it.
import { createServer } from 'node:http';

const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The host name of a Host or Origin header, or undefined where it is not one. */
function hostname(value, scheme) {
  try {
    return new URL(scheme + value).hostname;
  } catch {
    return undefined;
  }
}

/** Whether Host, and Origin where there is one, name this machine. */
function isLocal(request) {
  const { host, origin } = request.headers;
  if (host === undefined || !LOCAL.has(hostname(host, 'http://'))) {
    return false;
  }
  return origin === undefined || LOCAL.has(hostname(origin, ''));
}

/**
 * Ends the process on SIGTERM and when its standard input closes, so that it never outlives its starter;
 * with `--detached` only on SIGTERM.
 */
export function endWithStarter() {
  const end = () => process.exit(0);
  process.on('SIGTERM', end);
  if (!process.argv.includes('--detached')) {
    process.stdin.on('end', end).on('close', end).on('error', end).resume();
  }
}

/**
 * Listens on 127.0.0.1, on the port in PORT (0, the default: any free one), serves `/mcp`, and prints
 * `listening <port>`. Ends as `endWithStarter` says.
 */
export function listen(serve) {
  const server = createServer((request, response) => {
    if (!isLocal(request)) {
      response.writeHead(403, { 'content-type': 'text/plain' }).end('Host or Origin is not this machine\n');
      return;
    }
    if (new URL(request.url, 'http://localhost').pathname !== '/mcp') {
      response.writeHead(404).end();
      return;
    }
    Promise.resolve(serve(request, response)).catch((error) => {
      console.error(error);
      if (!response.headersSent) {
        response.writeHead(500);
      }
      response.end();
    });
  });
  server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
    console.log(`listening ${server.address().port}`);
  });
  endWithStarter();
}
