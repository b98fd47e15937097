package dev.turnpike.admin;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * The routes below {@code /admin}. All of them only read; what cannot be answered is said in JSON,
 * with what would help.
 */
public final class AdminRoutes {
  private static final Logger LOG = Logger.getLogger("turnpike.admin");

  private final Guard guard;
  private final Map<String, Question> questions;

  /** Makes a page of a request. On a worker thread. */
  @FunctionalInterface
  private interface Question {
    Page answer(RoutingContext context) throws BadQuery;
  }

  public AdminRoutes(Guard guard, Sources sources) {
    this.guard = guard;
    this.questions =
        Map.of(
            "/admin/usage",
            context -> usage(sources, UsageQuery.of(params(context))),
            "/admin/config",
            context -> Page.of(sources.inForce().get()),
            "/admin/sessions",
            context -> Page.of(sources.sessions().get()),
            "/admin/catalog",
            _ -> Page.json(sources.catalog().json()),
            "/admin/schema/turnpike.json",
            context -> new Page("application/schema+json", sources.schema()));
  }

  /** Puts the routes on the router of the management port. */
  public void mount(Router router) {
    router.route("/admin").handler(this::handle);
    router.route("/admin/*").handler(this::handle);
  }

  private void handle(RoutingContext context) {
    // no route has a use for a body, and one that stays unread would hold up its connection
    context.request().resume();
    HttpServerResponse response = context.response();
    response.putHeader("Cache-Control", "no-store").putHeader("X-Content-Type-Options", "nosniff");
    var rebuff = guard.check(context.request());
    if (rebuff.isPresent()) {
      if (rebuff.get().status() == 401) {
        response.putHeader("WWW-Authenticate", "Bearer");
      }
      refuse(context, rebuff.get().status(), rebuff.get().why());
      return;
    }
    Question question = questions.get(context.request().path());
    if (question == null) {
      refuse(
          context,
          404,
          "There are: " + String.join(", ", questions.keySet().stream().sorted().toList()));
    } else if (!context.request().method().equals(HttpMethod.GET)) {
      response.putHeader("Allow", "GET");
      refuse(context, 405, "Only GET is allowed here.");
    } else {
      context
          .vertx()
          .executeBlocking(() -> question.answer(context), false)
          .onSuccess(
              page -> response.putHeader("Content-Type", page.contentType()).end(page.body()))
          .onFailure(failure -> fail(context, failure));
    }
  }

  private static MultiMap params(RoutingContext context) throws BadQuery {
    try {
      return context.queryParams();
    } catch (HttpException | IllegalArgumentException undecodable) {
      throw new BadQuery("the query is not percent-encoded as it should be");
    }
  }

  private static Page usage(Sources sources, UsageQuery query) {
    var report = sources.usage().usage(query.by(), query.from(), query.to());
    return switch (query.format()) {
      case JSON -> Page.json(report.json());
      case CSV -> new Page("text/csv; charset=utf-8; header=present", report.csv(query.by()));
    };
  }

  private static void fail(RoutingContext context, Throwable failure) {
    if (failure instanceof BadQuery bad) {
      refuse(context, 400, String.valueOf(bad.getMessage()));
    } else {
      LOG.error("a question to the admin API ended in a bug", failure);
      refuse(context, 500, "This is a bug of Turnpike; its log says more.");
    }
  }

  private static void refuse(RoutingContext context, int status, String why) {
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(new JsonObject().put("error", why).encode());
  }
}
