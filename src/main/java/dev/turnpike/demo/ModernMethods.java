package dev.turnpike.demo;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What each method of 2026-07-28 answers. */
final class ModernMethods {
  private static final int CAPABILITY_MISSING = -32021;
  private static final int TTL_MILLIS = 60_000;
  private static final String ASKED = "asked-for-a-name";
  private static final String QUESTION = "name";

  private final Vertx vertx;

  /** Listening clients, with the last message that each of them is owed. */
  private final Map<Answer, JsonObject> listening = new HashMap<>();

  ModernMethods(Vertx vertx) {
    this.vertx = vertx;
  }

  void close() {
    Map.copyOf(listening).forEach(Answer::last);
  }

  void answer(JsonObject request, Answer answer) {
    Object id = request.getValue("id");
    JsonObject params = Rpc.object(request, "params");
    switch (request.getString("method")) {
      case "server/discover" -> answer.last(cacheable(id, discover()));
      case "tools/list" -> answer.last(list(id, "tools", Tools.definitions()));
      case "resources/list" -> answer.last(list(id, "resources", Texts.resources()));
      case "resources/templates/list" ->
          answer.last(list(id, "resourceTemplates", Texts.templates()));
      case "prompts/list" -> answer.last(list(id, "prompts", Texts.prompts()));
      case "resources/read" -> answer.last(read(id, params));
      case "prompts/get" -> answer.last(prompt(id, params));
      case "tools/call" -> call(id, params, answer);
      case "subscriptions/listen" -> listen(id, answer);
      default -> answer.json(404, Rpc.error(id, Rpc.METHOD_NOT_FOUND, "Method not found"));
    }
  }

  private void call(Object id, JsonObject params, Answer answer) {
    String name = Rpc.text(params, "name");
    if (name == null || !Tools.has(name)) {
      answer.last(Rpc.error(id, Rpc.INVALID_PARAMS, "Unknown tool: " + name));
    } else if (name.equals(Tools.COUNTDOWN)) {
      countdown(id, params, answer);
    } else if (name.equals(Tools.ASK_NAME)) {
      askName(id, params, answer);
    } else {
      Tools.call(name, Rpc.object(params, "arguments"))
          .ifPresent(result -> answer.last(complete(id, result)));
    }
  }

  private void countdown(Object id, JsonObject params, Answer answer) {
    Optional<Countdown> countdown = Countdown.of(params);
    if (countdown.isEmpty()) {
      answer.last(complete(id, Countdown.wrongArguments()));
      return;
    }
    if (countdown.get().tellsProgress()) {
      answer.open();
    }
    // Closing the stream is how this revision cancels.
    answer.onGone(countdown.get()::stop);
    countdown.get().run(vertx, answer::event, result -> answer.last(complete(id, result)));
  }

  /** A call in two rounds (basic/patterns/mrtr): nothing is remembered between them. */
  private void askName(Object id, JsonObject params, Answer answer) {
    JsonObject capabilities =
        Rpc.object(Rpc.object(params, "_meta"), ModernChecks.META + "clientCapabilities");
    if (!takesForms(capabilities)) {
      answer.json(400, needsElicitation(id));
      return;
    }
    if (!params.containsKey("inputResponses") && !params.containsKey("requestState")) {
      answer.last(Rpc.result(id, inputRequired()));
      return;
    }
    if (!ASKED.equals(params.getValue("requestState"))) {
      answer.last(Rpc.error(id, Rpc.INVALID_PARAMS, "requestState is not the one that was sent"));
      return;
    }
    JsonObject responses = Rpc.object(params, "inputResponses");
    if (!responses.containsKey(QUESTION)) {
      answer.last(Rpc.result(id, inputRequired()));
      return;
    }
    @Nullable JsonObject greeting = NameForm.greeting(Rpc.object(responses, QUESTION));
    answer.last(
        greeting == null
            ? Rpc.error(id, Rpc.INVALID_PARAMS, "inputResponses." + QUESTION + " is malformed")
            : complete(id, greeting));
  }

  private static boolean takesForms(JsonObject capabilities) {
    return capabilities.getValue("elicitation") instanceof JsonObject modes
        && (modes.isEmpty() || modes.containsKey("form"));
  }

  private static JsonObject needsElicitation(Object id) {
    JsonObject needed =
        new JsonObject().put("elicitation", new JsonObject().put("form", new JsonObject()));
    return Rpc.error(
        id,
        CAPABILITY_MISSING,
        "This tool asks the user, and the client did not declare that it can",
        new JsonObject().put("requiredCapabilities", needed));
  }

  private static JsonObject inputRequired() {
    JsonObject question =
        new JsonObject().put("method", NameForm.METHOD).put("params", NameForm.params());
    return typed("input_required", new JsonObject())
        .put("inputRequests", new JsonObject().put(QUESTION, question))
        .put("requestState", ASKED);
  }

  /** Nothing here ever changes, so no kind of change is promised and none is told. */
  private void listen(Object id, Answer answer) {
    JsonObject meta = new JsonObject().put(ModernChecks.META + "subscriptionId", id);
    answer.open();
    answer.event(
        Rpc.notification(
            "notifications/subscriptions/acknowledged",
            new JsonObject().put("_meta", meta).put("notifications", new JsonObject())));
    JsonObject last = typed("complete", new JsonObject());
    last.getJsonObject("_meta").mergeIn(meta);
    listening.put(answer, Rpc.result(id, last));
    answer.onGone(() -> listening.remove(answer));
  }

  private static JsonObject read(Object id, JsonObject params) {
    String uri = Rpc.text(params, "uri");
    return uri == null
        ? Rpc.error(id, Rpc.INVALID_PARAMS, "resources/read needs a uri")
        : Texts.read(uri)
            .map(contents -> cacheable(id, contents))
            .orElseGet(() ->
                Rpc.error(
                    id,
                    Rpc.INVALID_PARAMS,
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
        : complete(id, Texts.greet(name));
  }

  private static JsonObject discover() {
    JsonObject none = new JsonObject();
    return new JsonObject()
        .put("supportedVersions", new JsonArray().add(ModernServer.REVISION))
        .put(
            "capabilities",
            new JsonObject().put("tools", none).put("resources", none).put("prompts", none))
        .put("instructions", "A demo: try echo, add, countdown and ask-name.");
  }

  private static JsonObject list(Object id, String member, JsonArray items) {
    return cacheable(id, new JsonObject().put(member, items));
  }

  private static JsonObject cacheable(Object id, JsonObject result) {
    return complete(id, result.put("ttlMs", TTL_MILLIS).put("cacheScope", "public"));
  }

  private static JsonObject complete(Object id, JsonObject result) {
    return Rpc.result(id, typed("complete", result));
  }

  private static JsonObject typed(String resultType, JsonObject result) {
    JsonObject server = new JsonObject().put("name", "turnpike-demo").put("version", "1");
    return result
        .put("resultType", resultType)
        .put("_meta", new JsonObject().put(ModernChecks.META + "serverInfo", server));
  }
}
