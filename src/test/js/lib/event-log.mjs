// Remembers the events of one session's streams, so that a broken stream can be taken up again.

/** An event store for the npm SDK: event ids are `<stream>~<number>`, numbered in order over the session. */
export class EventLog {
  #events = [];

  async storeEvent(streamId, message) {
    const id = `${streamId}~${this.#events.length}`;
    this.#events.push({ id, streamId, message });
    return id;
  }

  async getStreamIdForEventId(id) {
    return this.#events.find((event) => event.id === id)?.streamId;
  }

  async replayEventsAfter(lastId, { send }) {
    const at = this.#events.findIndex((event) => event.id === lastId);
    if (at < 0) {
      return '';
    }
    const { streamId } = this.#events[at];
    for (const event of this.#events.slice(at + 1)) {
      // Only what answers something: a priming event has no message worth repeating.
      if (event.streamId === streamId && Object.keys(event.message).length > 0) {
        await send(event.id, event.message);
      }
    }
    return streamId;
  }
}
