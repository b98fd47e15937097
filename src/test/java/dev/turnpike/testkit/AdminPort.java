package dev.turnpike.testkit;

import dev.turnpike.admin.AdminRoutes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The admin routes, served; asked with raw bytes, so that any header can be sent. */
public final class AdminPort implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;

  public AdminPort(AdminRoutes routes) throws Exception {
    this(routes::mount);
  }

  /** With whatever is put on its router. */
  public AdminPort(Consumer<Router> routes) throws Exception {
    Router router = Router.router(vertx);
    routes.accept(router);
    server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
  }

  /** What comes back for a body that is posted. */
  public String post(String path, String body, String... headers) throws IOException {
    return send("POST", path, body, headers);
  }

  /** What comes back for a request with that body. */
  public String send(String method, String path, String body, String... headers)
      throws IOException {
    List<String> all = new ArrayList<>(List.of(headers));
    all.add("Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length);
    return exchange(method + " " + path, body, all.toArray(String[]::new));
  }

  /** What comes back for a request with this first line and these headers, head and body. */
  public String ask(String line, String... headers) throws IOException {
    return exchange(line, "", headers);
  }

  private String exchange(String line, String body, String... headers) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.actualPort())) {
      socket.setSoTimeout(20_000);
      StringBuilder request = new StringBuilder(line).append(" HTTP/1.1\r\n");
      for (String header : headers) {
        request.append(header).append("\r\n");
      }
      request.append("Connection: close\r\n\r\n").append(body);
      OutputStream out = socket.getOutputStream();
      out.write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
