package dev.turnpike.assembly;

import dev.turnpike.budget.Budgets;
import dev.turnpike.budget.Pressure;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** How budgets stand, as metrics: labelled by what an administrator named, and by nothing else. */
final class BudgetMeters {
  private final MultiGauge share;
  private final MultiGauge beyond;
  private final MultiGauge open;

  BudgetMeters(MeterRegistry meters) {
    this.share =
        MultiGauge.builder("turnpike.budget.share")
            .description(
                "What is left of the limit, of the tightest counter met since the last look")
            .register(meters);
    this.beyond =
        MultiGauge.builder("turnpike.budget.overshoot")
            .description("Units that calls used beyond what was reserved for them")
            .register(meters);
    this.open =
        MultiGauge.builder("turnpike.budget.reservations")
            .description("Calls that hold a reservation")
            .register(meters);
  }

  /** These are in force now. */
  void inForce(Budgets budgets) {
    List<Pressure> pressures = budgets.pressures();
    share.register(rows(pressures, Pressure::share), true);
    beyond.register(rows(pressures, Pressure::beyond), true);
    open.register(List.of(Row.of(Tags.empty(), budgets, Budgets::open)), true);
  }

  private static List<Row<?>> rows(List<Pressure> pressures, ToDoubleFunction<Pressure> figure) {
    return pressures.stream()
        .<Row<?>>map(pressure ->
            Row.of(Tags.of("budget", pressure.budget(), "unit", pressure.unit()), pressure, figure))
        .toList();
  }
}
