package dev.turnpike.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UsageReportTest {
  private static final UsageReport REPORT =
      UsageReport.of(
          Map.of(
              Map.of(By.CALLER, "bob", By.TARGET, "echo"), new Figures(2, 3, 4, 0, 7, 0, 0),
              Map.of(By.CALLER, "ann", By.TARGET, "say \"hi\", you"),
                  new Figures(1, 0, 0, 0, 0, 0, 0)));

  @Test
  void saysItInJson() {
    assertThat(REPORT.json())
        .isEqualTo(
            """
            {"rows":[\
            {"caller":"ann","target":"say \\"hi\\", you","calls":1,"input":0,"output":0,\
            "total":0,"reported":0,"counted":0,"estimated":0,"definitions":0},\
            {"caller":"bob","target":"echo","calls":2,"input":3,"output":4,\
            "total":7,"reported":0,"counted":7,"estimated":0,"definitions":0}],\
            "total":{"calls":3,"input":3,"output":4,\
            "total":7,"reported":0,"counted":7,"estimated":0,"definitions":0}}\
            """);
  }

  @Test
  void saysItInCsv() {
    assertThat(REPORT.csv(Set.of(By.TARGET, By.CALLER)))
        .isEqualTo(
            "caller,target,calls,input,output,total,reported,counted,estimated,definitions\r\n"
                + "ann,\"say \"\"hi\"\", you\",1,0,0,0,0,0,0,0\r\n"
                + "bob,echo,2,3,4,7,0,7,0,0\r\n");
  }

  @Test
  void writesTheHeadAlsoWithoutRows() {
    UsageReport empty = UsageReport.of(Map.of());
    assertThat(empty.csv(Set.of(By.LANE)))
        .isEqualTo("lane,calls,input,output,total,reported,counted,estimated,definitions\r\n");
    assertThat(empty.json())
        .isEqualTo(
            "{\"rows\":[],\"total\":{\"calls\":0,\"input\":0,\"output\":0,\"total\":0,"
                + "\"reported\":0,\"counted\":0,\"estimated\":0,\"definitions\":0}}");
  }

  @Test
  void letsNoNameBeginAFormula() {
    assertThat(
            UsageReport.of(Map.of(Map.of(By.TARGET, "=1+1"), Figures.NONE)).csv(Set.of(By.TARGET)))
        .contains("\r\n'=1+1,0");
  }

  @Test
  void knowsItsWords() {
    assertThat(By.of("endpoint")).contains(By.ENDPOINT);
    assertThat(By.of("colour")).isEmpty();
  }
}
