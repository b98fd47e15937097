package dev.turnpike.demo;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What each method of the revisions with sessions answers. */
final class LegacyMethods {
  private static final int RESOURCE_NOT_FOUND = -32002;

  /** How long a user may think. */
  private static final long PATIENCE_MILLIS = 300_000;

  private final Vertx vertx;

  LegacyMethods(Vertx vertx) {
    this.vertx = vertx;
  }

  void answer(JsonObject request, LegacySession session, Answer answer) {
    Object id = request.getValue("id");
    JsonObject params = Rpc.object(request, "params");
    String method = Rpc.text(request, "method");
    switch (method == null ? "" : method) {
      case "ping" -> answer.last(Rpc.result(id, new JsonObject()));
      case "tools/list" ->
          answer.last(Rpc.result(id, new JsonObject().put("tools", Tools.definitions())));
      case "resources/list" ->
          answer.last(Rpc.result(id, new JsonObject().put("resources", Texts.resources())));
      case "resources/templates/list" ->
          answer.last(Rpc.result(id, new JsonObject().put("resourceTemplates", Texts.templates())));
      case "prompts/list" ->
          answer.last(Rpc.result(id, new JsonObject().put("prompts", Texts.prompts())));
      case "resources/read" -> answer.last(read(id, params));
      case "prompts/get" -> answer.last(prompt(id, params));
      case "tools/call" -> call(id, params, session, answer);
      default -> answer.last(Rpc.error(id, Rpc.METHOD_NOT_FOUND, "Method not found"));
    }
  }

  private void call(Object id, JsonObject params, LegacySession session, Answer answer) {
    String name = Rpc.text(params, "name");
    if (name == null || !Tools.has(name)) {
      answer.last(Rpc.error(id, Rpc.INVALID_PARAMS, "Unknown tool: " + name));
    } else if (name.equals(Tools.COUNTDOWN)) {
      countdown(id, params, session, answer);
    } else if (name.equals(Tools.ASK_NAME)) {
      askName(id, session, answer);
    } else {
      Tools.call(name, Rpc.object(params, "arguments"))
          .ifPresent(result -> answer.last(Rpc.result(id, result)));
    }
  }

  private void countdown(Object id, JsonObject params, LegacySession session, Answer answer) {
    Optional<Countdown> countdown = Countdown.of(params);
    if (countdown.isEmpty()) {
      answer.last(Rpc.result(id, Countdown.wrongArguments()));
      return;
    }
    if (countdown.get().tellsProgress()) {
      answer.open();
    }
    // A lost connection does not cancel in these revisions: only a notification does.
    session.begin(
        id,
        () -> {
          countdown.get().stop();
          answer.end();
        });
    countdown
        .get()
        .run(
            vertx,
            answer::event,
            result -> {
              session.done(id);
              answer.last(Rpc.result(id, result));
            });
  }

  private void askName(Object id, LegacySession session, Answer answer) {
    if (!session.canBeAsked()) {
      answer.last(
          Rpc.result(
              id, Tools.failure("This client did not declare elicitation, so nobody is asked.")));
      return;
    }
    answer.open();
    String question = session.ask(response -> greet(id, response, session, answer));
    long patience =
        vertx.setTimer(
            PATIENCE_MILLIS,
            timer -> {
              session.forget(question);
              session.done(id);
              answer.last(Rpc.result(id, Tools.failure("Nobody answered.")));
            });
    answer.onGone(() -> vertx.cancelTimer(patience));
    session.begin(
        id,
        () -> {
          session.forget(question);
          answer.end();
        });
    answer.event(Rpc.request(question, NameForm.METHOD, NameForm.params()));
  }

  private static void greet(Object id, JsonObject response, LegacySession session, Answer answer) {
    session.done(id);
    @Nullable JsonObject greeting = NameForm.greeting(Rpc.object(response, "result"));
    answer.last(
        Rpc.result(
            id, greeting == null ? Tools.failure("That is no answer to a name.") : greeting));
  }

  private static JsonObject read(Object id, JsonObject params) {
    String uri = Rpc.text(params, "uri");
    return uri == null
        ? Rpc.error(id, Rpc.INVALID_PARAMS, "resources/read needs a uri")
        : Texts.read(uri)
            .map(contents -> Rpc.result(id, contents))
            .orElseGet(() ->
                Rpc.error(
                    id,
                    RESOURCE_NOT_FOUND,
                    "Resource not found",
                    new JsonObject().put("uri", uri)));
  }

  private static JsonObject prompt(Object id, JsonObject params) {
    if (!Texts.PROMPT.equals(params.getValue("name"))) {
      return Rpc.error(id, Rpc.INVALID_PARAMS, "Unknown prompt: " + params.getValue("name"));
    }
    String name = Rpc.text(Rpc.object(params, "arguments"), "name");
    return name == null
        ? Rpc.error(id, Rpc.INVALID_PARAMS, "The prompt greet needs the argument name")
        : Rpc.result(id, Texts.greet(name));
  }
}
