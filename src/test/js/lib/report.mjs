// Steps of a client, what each of them saw, and how the process ends: 0 where all of them saw what they should.
import { pause } from './catalog.mjs';

const WHOLE_RUN_MILLIS = 90_000;

/** Stops a step: what was seen is not what the step says. */
export function expect(holds, says, seen) {
  if (!holds) {
    throw new Error(seen === undefined ? says : `${says}; saw ${JSON.stringify(seen)}`);
  }
}

/** Asks until the answer is true, at most five seconds. */
export async function eventually(asked, says) {
  for (let tries = 0; tries < 100; tries++) {
    if (await asked()) {
      return;
    }
    await pause(50);
  }
  throw new Error(`not within five seconds: ${says}`);
}

/** The failure that `work` ends in; a step fails where it does not end in one. */
export async function failure(work) {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error('it succeeded, but should have been refused');
}

export class Report {
  #client;
  #url;
  #steps = {};
  #failed = false;

  constructor(client, url) {
    if (url === undefined) {
      console.error(`usage: node ${client}.mjs <url>`);
      process.exit(2);
    }
    this.#client = client;
    this.#url = url;
    setTimeout(() => {
      this.#failed = true;
      this.#steps.timeout = { ok: false, error: `not done within ${WHOLE_RUN_MILLIS} ms` };
      this.end();
    }, WHOLE_RUN_MILLIS).unref();
  }

  /** Runs one step; a step that fails does not keep the next ones from running. */
  async step(name, work) {
    try {
      const seen = await work();
      this.#steps[name] = seen === undefined ? { ok: true } : { ok: true, seen };
    } catch (error) {
      this.#failed = true;
      this.#steps[name] = { ok: false, error: String(error?.stack ?? error) };
    }
  }

  /** Prints the report as one JSON document, and ends the process. */
  end() {
    const ok = !this.#failed;
    const report = JSON.stringify({ client: this.#client, url: this.#url, ok, steps: this.#steps }, null, 2);
    process.stdout.write(`${report}\n`, () => process.exit(ok ? 0 : 1));
  }
}
