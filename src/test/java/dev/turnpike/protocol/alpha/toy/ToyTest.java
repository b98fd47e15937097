package dev.turnpike.protocol.alpha.toy;

import dev.turnpike.catalog.Endpoints;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.protocol.Protocol;
import dev.turnpike.testkit.ProtocolContract;
import dev.turnpike.testkit.Requests;
import dev.turnpike.testkit.Served;

class ToyTest extends ProtocolContract {
  @Override
  protected Protocol protocol() {
    return new Toy();
  }

  @Override
  protected Endpoints endpoints() {
    return Served.anonymously("demo");
  }

  @Override
  protected Inbound oneOfItsRequests() {
    return Requests.post("/toy/demo", "hello");
  }
}
