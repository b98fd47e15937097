package dev.turnpike.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Proxies in C that Debian has, as they come, with one process that stays in front and ends with
 * the profile. Where one is not installed, its column is left out.
 */
final class Debian {
  private static final List<Path> FOLDERS =
      List.of(Path.of("/usr/sbin"), Path.of("/usr/bin"), Path.of("/usr/local/sbin"));

  private static final String NGINX =
      """
      daemon off; master_process off; pid %3$s/nginx.pid; error_log %3$s/nginx.log;
      events { worker_connections 4096; }
      http {
        access_log off; client_body_temp_path %3$s/nginx-body; proxy_temp_path %3$s/nginx-proxy;
        fastcgi_temp_path %3$s/nginx-f; uwsgi_temp_path %3$s/nginx-u; scgi_temp_path %3$s/nginx-s;
        keepalive_requests 100000000;
        upstream origin { server 127.0.0.1:%2$d; keepalive 256; keepalive_requests 100000000; }
        server {
          listen 127.0.0.1:%1$d;
          location / { proxy_pass http://origin; proxy_http_version 1.1; proxy_set_header Connection ""; }
        }
      }
      """;

  private static final String HAPROXY =
      """
      global
        maxconn 8192
        nbthread 2
      defaults
        mode http
        timeout connect 5s
        timeout client 60s
        timeout server 60s
      frontend in
        bind 127.0.0.1:%1$d
        default_backend origin
      backend origin
        http-reuse always
        server origin 127.0.0.1:%2$d
      """;

  private Debian() {}

  static Optional<Child.Listening> nginx(Plan plan, int originPort)
      throws IOException, InterruptedException {
    return start(plan, "nginx", NGINX, originPort, "-c");
  }

  static Optional<Child.Listening> haproxy(Plan plan, int originPort)
      throws IOException, InterruptedException {
    return start(plan, "haproxy", HAPROXY, originPort, "-db", "-f");
  }

  private static Optional<Child.Listening> start(
      Plan plan, String name, String setup, int originPort, String... options)
      throws IOException, InterruptedException {
    Optional<Path> program =
        FOLDERS.stream()
            .map(folder -> folder.resolve(name))
            .filter(Files::isExecutable)
            .findFirst();
    if (program.isEmpty()) {
      System.out.println("no " + name + " here: its column is left out");
      return Optional.empty();
    }
    int port = Gateway.freePort();
    Path folder = plan.output().toAbsolutePath();
    Path file = folder.resolve(name + ".conf");
    Files.writeString(file, setup.formatted(port, originPort, folder));
    List<String> command =
        Stream.of(
                Stream.of(program.get().toString()), Stream.of(options), Stream.of(file.toString()))
            .flatMap(part -> part)
            .toList();
    Child child = Child.command(plan, name, command);
    for (int tries = 0; tries < 100 && child.isAlive(); tries++) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
        return Optional.of(new Child.Listening(child, port));
      } catch (IOException notYet) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
    child.close();
    throw new IOException(name + " did not start; see " + Child.log(plan, name));
  }
}
