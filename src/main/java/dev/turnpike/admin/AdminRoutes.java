package dev.turnpike.admin;

import dev.turnpike.audit.Deed;
import dev.turnpike.flags.Switched;
import dev.turnpike.rpc.Payload;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The routes below {@code /admin}. All but those of single flags only read; what cannot be answered
 * is said in JSON, with what would help.
 */
public final class AdminRoutes {
  private static final Logger LOG = Logger.getLogger("turnpike.admin");
  private static final String FLAGS = "/admin/flags";
  private static final String FLAG = FLAGS + "/{key}";

  private final Guard guard;
  private final Consumer<Deed> trail;
  private final InstantSource wall;
  private final Map<String, Map<HttpMethod, Route>> routes;

  /** Makes a page of a request. On a worker thread. */
  @FunctionalInterface
  private interface Question {
    Page answer(RoutingContext context, Payload body, String who) throws BadQuery, IOException;
  }

  private record Route(Guard.Act act, Question question) {
    static Map<HttpMethod, Route> get(Question question) {
      return Map.of(HttpMethod.GET, new Route(Guard.Act.READ, question));
    }
  }

  /**
   * @param trail is told who was turned away
   */
  public AdminRoutes(Guard guard, Sources sources, Consumer<Deed> trail, InstantSource wall) {
    this.guard = guard;
    this.trail = trail;
    this.wall = wall;
    this.routes =
        Map.of(
            "/admin/usage",
            Route.get((context, _, _) -> usage(sources, UsageQuery.of(params(context)))),
            "/admin/config",
            Route.get((_, _, _) -> Page.of(sources.inForce().get())),
            "/admin/sessions",
            Route.get((_, _, _) -> Page.of(sources.sessions().get())),
            "/admin/catalog",
            Route.get((_, _, _) -> Page.json(sources.catalog().json())),
            "/admin/audit",
            Route.get((context, _, _) -> audit(sources, AuditQuery.of(params(context)))),
            "/admin/explain",
            // to explain is to read, although it is posted
            Map.of(
                HttpMethod.POST,
                new Route(
                    Guard.Act.READ, (_, body, _) -> explained(sources, ExplainQuery.of(body)))),
            FLAGS,
            Route.get((context, _, _) ->
                FlagPage.of(sources.flags().all(SwitchQuery.tenant(params(context))))),
            FLAG,
            Map.of(
                HttpMethod.PUT,
                new Route(
                    Guard.Act.CHANGE,
                    (context, body, who) -> {
                      Switched wish = SwitchQuery.of(key(context), body, who, wall.instant());
                      return switched(
                          sources, wish.key(), wish.tenant(), sources.flags().put(wish));
                    }),
                HttpMethod.DELETE,
                new Route(
                    Guard.Act.CHANGE,
                    (context, _, who) ->
                        switched(
                            sources,
                            key(context),
                            SwitchQuery.tenant(params(context)),
                            sources
                                .flags()
                                .remove(key(context), SwitchQuery.tenant(params(context)), who)))),
            "/admin/schema/turnpike.json",
            Route.get((_, _, _) -> new Page("application/schema+json", sources.schema())));
  }

  /** Puts the routes on the router of the management port. */
  public void mount(Router router) {
    router.route("/admin").handler(this::handle);
    router.route("/admin/*").handler(this::handle);
  }

  private void handle(RoutingContext context) {
    context
        .response()
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Content-Type-Options", "nosniff");
    Body.whole(context, body -> ask(context, body));
  }

  private void ask(RoutingContext context, Buffer body) {
    Optional<Route> route = Optional.ofNullable(at(context).get(context.request().method()));
    guard
        .check(context.request(), route.map(Route::act).orElse(Guard.Act.READ))
        .onSuccess(entry -> {
          switch (entry) {
            case Guard.Entry.Admitted(String who) -> admitted(context, body, route, who);
            case Guard.Entry.Rebuff rebuff -> turnAway(context, rebuff);
          }
        })
        .onFailure(bug -> fail(context, bug));
  }

  private void turnAway(RoutingContext context, Guard.Entry.Rebuff rebuff) {
    if (rebuff.status() == 401) {
      context.response().putHeader("WWW-Authenticate", rebuff.challenge());
    }
    trail.accept(
        Deed.act(
            wall.instant(),
            context.request().method() + " " + context.request().path(),
            "",
            "refused",
            rebuff.why()));
    refuse(context, rebuff.status(), rebuff.why());
  }

  private Map<HttpMethod, Route> at(RoutingContext context) {
    String path = path(context);
    return routes.getOrDefault(path.startsWith(FLAGS + "/") ? FLAG : path, Map.of());
  }

  private void admitted(RoutingContext context, Buffer body, Optional<Route> route, String who) {
    Map<HttpMethod, Route> there = at(context);
    if (there.isEmpty()) {
      refuse(
          context,
          404,
          "There are: " + String.join(", ", routes.keySet().stream().sorted().toList()));
    } else if (route.isEmpty()) {
      String methods =
          String.join(", ", there.keySet().stream().map(HttpMethod::name).sorted().toList());
      context.response().putHeader("Allow", methods);
      refuse(context, 405, "Only %s is allowed here.".formatted(methods));
    } else if (body.length() > Body.LARGEST) {
      refuse(context, 413, "The body may have %d bytes.".formatted(Body.LARGEST));
    } else {
      answer(context, route.get(), Payload.of(body.getBytes()), who);
    }
  }

  private static void answer(RoutingContext context, Route route, Payload body, String who) {
    context
        .vertx()
        .executeBlocking(() -> route.question().answer(context, body, who), false)
        .onSuccess(page ->
            context.response().putHeader("Content-Type", page.contentType()).end(page.body()))
        .onFailure(failure -> fail(context, failure));
  }

  private static String key(RoutingContext context) {
    return path(context).substring(FLAGS.length() + 1);
  }

  private static String path(RoutingContext context) {
    return String.valueOf(context.request().path());
  }

  // the flag as it stands then
  private static Page switched(
      Sources sources, String key, Optional<String> tenant, FlagDesk.Outcome outcome)
      throws BadQuery {
    return switch (outcome) {
      case DONE ->
          FlagPage.of(
              sources.flags().all(tenant).stream()
                  .filter(standing -> standing.flag().key().equals(key))
                  .toList());
      case UNKNOWN ->
          throw new BadQuery(404, "There is no such flag, or it was not switched so: GET " + FLAGS);
      case LOCKED ->
          throw new BadQuery(
              409, "The flag is locked: it is changed in its file, by those who deploy.");
      case FOR_ALL ->
          throw new BadQuery(400, "The flag is on or off for all tenants alike: name none.");
    };
  }

  private static Page audit(Sources sources, AuditQuery query) throws IOException {
    return Page.of(sources.trail().find(query.matches(), query.limit()));
  }

  private static Page explained(Sources sources, ExplainQuery query) throws BadQuery {
    return Page.of(
        sources
            .explainer()
            .explain(query)
            .orElseThrow(() -> new BadQuery("there is no endpoint of that name")));
  }

  private static MultiMap params(RoutingContext context) throws BadQuery {
    try {
      return context.queryParams();
    } catch (HttpException | IllegalArgumentException undecodable) {
      throw new BadQuery("the query is not percent-encoded as it should be");
    }
  }

  private static Page usage(Sources sources, UsageQuery query) throws IOException {
    var report = sources.usage().usage(query.by(), query.from(), query.to());
    return switch (query.format()) {
      case JSON -> Page.json(report.json());
      case CSV -> new Page("text/csv; charset=utf-8; header=present", report.csv(query.by()));
    };
  }

  private static void fail(RoutingContext context, Throwable failure) {
    if (failure instanceof BadQuery bad) {
      refuse(context, bad.status(), String.valueOf(bad.getMessage()));
    } else if (failure instanceof Busy busy) {
      context.response().putHeader("Retry-After", "1");
      refuse(context, 429, String.valueOf(busy.getMessage()));
    } else if (failure instanceof IOException unreadable) {
      context.response().putHeader("Retry-After", "5");
      refuse(context, 503, String.valueOf(unreadable.getMessage()));
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
