package dev.turnpike.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "catalog",
    description = "Say what there is to call at a Turnpike that is running.",
    footer = {
      "",
      "One line for each endpoint, upstream and target: kind, name, upstream, and the name",
      "that the upstream has for it, apart by tabs.",
      "Exit status: 0 when it was told, 1 when not, 2 for wrong usage."
    })
final class CatalogCommand implements Callable<Integer> {
  @Mixin private AdminOptions admin = new AdminOptions();

  @Option(names = "--json", description = "Print the whole answer, with definitions.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    return Told.to(
        spec,
        out -> {
          String answer = admin.api().get("/admin/catalog");
          if (json) {
            out.println(answer);
          } else {
            CatalogLines.lines(answer).forEach(out::println);
          }
          return 0;
        });
  }
}
