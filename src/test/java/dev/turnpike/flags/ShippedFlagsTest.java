package dev.turnpike.flags;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The files of {@code feature-flags/}. */
class ShippedFlagsTest {
  private static final Path FOLDER = Path.of("feature-flags");

  private static FlagFolder.Content shipped() {
    return new FlagFolder(FOLDER).look();
  }

  private static Schema schema() throws IOException {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(Files.readString(FOLDER.resolve("schema/flag.json")), InputFormat.JSON);
  }

  @Test
  void areTakenAndFitTheSchemaThatEditorsUse() throws Exception {
    FlagSet set = FlagFolder.read(shipped(), Map.of());
    assertThat(set.all()).hasSizeGreaterThan(5);
    for (Map.Entry<String, byte[]> file : shipped().files().entrySet()) {
      String document = new String(file.getValue(), UTF_8);
      assertThat(schema().validate(document, InputFormat.JSON)).as(file.getKey()).isEmpty();
    }
  }

  @Test
  void theSchemaRefusesWhatIsRefusedHere() throws Exception {
    String good = FlagText.alpha("alpha.x");
    assertThat(schema().validate(good, InputFormat.JSON)).isEmpty();
    for (String missing :
        new String[] {
          "\"expires\":\"2027-01-31\",",
          "\"killSwitch\":\"gateway.alpha.all\",",
          "\"owner\":\"maintainers\",",
          "\"maxConcurrency\":32,",
          "\"lane\":\"experimental\","
        }) {
      String broken = good.replace(missing, "");
      assertThat(broken).isNotEqualTo(good);
      assertThat(schema().validate(broken, InputFormat.JSON)).as(missing).isNotEmpty();
    }
    assertThat(schema().validate(good.replace("0.05", "0.06"), InputFormat.JSON)).isNotEmpty();
  }

  @Test
  void noneIsPastItsLastDay() throws Exception {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    for (Flag flag : FlagFolder.read(shipped(), Map.of()).all()) {
      if (flag.expired(today)) {
        System.out.println(
            "warning: %s expired on %s: it is off".formatted(flag.key(), flag.expires().get()));
      }
      assertThat(flag.stage()).isNotEqualTo(Stage.PRE_ALPHA);
      assertThat(flag.description()).as(flag.key()).isNotBlank();
    }
  }
}
