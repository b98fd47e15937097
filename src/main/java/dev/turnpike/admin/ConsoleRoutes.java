package dev.turnpike.admin;

import dev.turnpike.audit.Deed;
import dev.turnpike.flags.Switched;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The pages below {@code /console}, for people: plain forms, no script, nothing from elsewhere. A
 * form counts only where the browser says that it came from this very page.
 */
public final class ConsoleRoutes {
  private static final Logger LOG = Logger.getLogger("turnpike.admin");
  private static final String FLAGS = "/console/flags";
  private static final String STYLE = "/console/console.css";
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none';"
          + " base-uri 'none'";

  private final Guard guard;
  private final FlagDesk flags;
  private final Consumer<Deed> trail;
  private final InstantSource wall;
  private final FlagsView view = new FlagsView();
  private final String style = FlagsView.resource(STYLE);

  /**
   * @param trail is told who was turned away
   */
  public ConsoleRoutes(Guard guard, FlagDesk flags, Consumer<Deed> trail, InstantSource wall) {
    this.guard = guard;
    this.flags = flags;
    this.trail = trail;
    this.wall = wall;
  }

  /** Puts the pages on the router of the management port. */
  public void mount(Router router) {
    router.route("/console").handler(context -> redirect(context, FLAGS));
    router.route("/console/*").handler(this::handle);
  }

  private void handle(RoutingContext context) {
    context
        .response()
        .putHeader("Cache-Control", "no-store")
        .putHeader("Content-Security-Policy", POLICY)
        .putHeader("Referrer-Policy", "same-origin")
        .putHeader("X-Content-Type-Options", "nosniff");
    Body.whole(context, body -> ask(context, body));
  }

  private void ask(RoutingContext context, Buffer body) {
    boolean changes = context.request().method().equals(HttpMethod.POST);
    guard
        .check(context.request(), changes ? Guard.Act.CHANGE : Guard.Act.READ)
        .onSuccess(entry -> {
          switch (entry) {
            case Guard.Entry.Admitted(String who) -> admitted(context, body, who);
            case Guard.Entry.Rebuff rebuff -> {
              if (rebuff.status() == 401) {
                // what browsers ask their users for; the password is the token
                context
                    .response()
                    .putHeader(
                        "WWW-Authenticate",
                        "Basic realm=\"Turnpike: the password is the token\", charset=\"UTF-8\"");
              }
              turnAway(context, rebuff.status(), rebuff.why());
            }
          }
        })
        .onFailure(bug -> fail(context, bug));
  }

  private void admitted(RoutingContext context, Buffer body, String who) {
    String path = String.valueOf(context.request().path());
    HttpMethod method = context.request().method();
    if (path.equals(STYLE) && method.equals(HttpMethod.GET)) {
      end(context, 200, "text/css; charset=utf-8", style);
    } else if (!path.equals(FLAGS)) {
      plain(context, 404, "There is " + FLAGS + ".");
    } else if (method.equals(HttpMethod.GET)) {
      blocking(context, () -> shown(context));
    } else if (!method.equals(HttpMethod.POST)) {
      context.response().putHeader("Allow", "GET, POST");
      plain(context, 405, "Only GET and POST are allowed here.");
    } else if (!fromHere(context.request())) {
      turnAway(
          context,
          403,
          "This form did not come from this page (Origin). Programs use PUT /admin/flags.");
    } else if (body.length() > Body.LARGEST) {
      plain(context, 413, "The form is too large.");
    } else {
      blocking(context, () -> posted(context, body.toString(StandardCharsets.UTF_8), who));
    }
  }

  // also where the browser knows a password, or the page is on this machine: another site's page
  // could post as well as ours
  private static boolean fromHere(HttpServerRequest request) {
    List<String> origins = request.headers().getAll("Origin");
    return origins.size() == 1
        && (origins.getFirst().equals("http://" + request.getHeader("Host"))
            || origins.getFirst().equals("https://" + request.getHeader("Host")));
  }

  private interface Work {
    void run() throws BadQuery, IOException;
  }

  private static void blocking(RoutingContext context, Work work) {
    context
        .vertx()
        .executeBlocking(
            () -> {
              work.run();
              return "";
            },
            false)
        .onFailure(failure -> fail(context, failure));
  }

  private void shown(RoutingContext context) throws BadQuery {
    Map<String, String> query = fields(Optional.ofNullable(context.request().query()).orElse(""));
    page(
        context,
        200,
        new FlagsView.Around(
            query.getOrDefault("tenant", "").strip(),
            query.getOrDefault("done", ""),
            "",
            Map.of()));
  }

  private void posted(RoutingContext context, String form, String who) throws BadQuery {
    Map<String, String> wish = fields(form);
    String key = wish.getOrDefault("key", "");
    String shown = wish.getOrDefault("shown", "");
    try {
      String done = done(wish, key, who);
      redirect(
          context,
          FLAGS + "?tenant=" + encoded(shown) + "&done=" + encoded(done) + "#" + encoded(key));
    } catch (BadQuery bad) {
      page(
          context,
          bad.status(),
          new FlagsView.Around(shown, "", key + ": " + bad.getMessage(), wish));
    } catch (IOException away) {
      page(context, 503, new FlagsView.Around(shown, "", key + ": " + away.getMessage(), wish));
    }
  }

  private String done(Map<String, String> wish, String key, String who)
      throws BadQuery, IOException {
    Optional<String> tenant =
        Optional.of(wish.getOrDefault("tenant", "").strip()).filter(name -> !name.isEmpty());
    String whose = tenant.map(name -> "tenant " + name).orElse("all");
    if (wish.getOrDefault("act", "").equals("clear")) {
      outcome(flags.remove(key, tenant, who));
      return key + " is not switched for " + whose + " any more.";
    }
    String value = wish.getOrDefault("value", "");
    if (!value.equals("on") && !value.equals("off")) {
      throw new BadQuery("say whether to turn it on or off");
    }
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("value", value.equals("on"));
    said.put("reason", wish.getOrDefault("reason", ""));
    tenant.ifPresent(name -> said.put("tenant", name));
    String expires = wish.getOrDefault("expires", "").strip();
    if (!expires.isEmpty()) {
      said.put("expires", expires);
    }
    Switched switched = SwitchQuery.of(key, said, who, wall.instant());
    outcome(flags.put(switched));
    return key + " is turned " + value + " for " + whose + ".";
  }

  private static void outcome(FlagDesk.Outcome outcome) throws BadQuery {
    switch (outcome) {
      case DONE -> {}
      case UNKNOWN -> throw new BadQuery(404, "there is no such flag, or it was not switched so");
      case LOCKED -> throw new BadQuery(409, "it is locked: it is changed by those who deploy");
      case FOR_ALL -> throw new BadQuery(400, "it is on or off for all tenants alike: name none");
    }
  }

  private void page(RoutingContext context, int status, FlagsView.Around around) {
    Optional<String> tenant = Optional.of(around.tenant()).filter(name -> !name.isBlank());
    end(context, status, "text/html; charset=utf-8", view.of(flags.all(tenant), around));
  }

  private static Map<String, String> fields(String encoded) throws BadQuery {
    try {
      Map<String, String> fields = new LinkedHashMap<>();
      for (Map.Entry<String, List<String>> field :
          new QueryStringDecoder(encoded, StandardCharsets.UTF_8, false, 32)
              .parameters()
              .entrySet()) {
        if (field.getValue().size() != 1) {
          throw new BadQuery(field.getKey() + " is given more than once");
        }
        fields.put(field.getKey(), field.getValue().getFirst());
      }
      return fields;
    } catch (IllegalArgumentException undecodable) {
      throw new BadQuery("it is not percent-encoded as it should be");
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private void turnAway(RoutingContext context, int status, String why) {
    trail.accept(
        Deed.act(
            wall.instant(),
            context.request().method() + " " + context.request().path(),
            "",
            "refused",
            why));
    plain(context, status, why);
  }

  private static void redirect(RoutingContext context, String where) {
    context.response().setStatusCode(303).putHeader("Location", where).end();
  }

  private static void fail(RoutingContext context, Throwable failure) {
    if (failure instanceof BadQuery bad) {
      plain(context, bad.status(), String.valueOf(bad.getMessage()));
    } else {
      LOG.error("a page of the console ended in a bug", failure);
      plain(context, 500, "This is a bug of Turnpike; its log says more.");
    }
  }

  private static void plain(RoutingContext context, int status, String sentence) {
    end(context, status, "text/plain; charset=utf-8", sentence + "\n");
  }

  private static void end(RoutingContext context, int status, String type, String body) {
    context.response().setStatusCode(status).putHeader("Content-Type", type).end(body);
  }
}
