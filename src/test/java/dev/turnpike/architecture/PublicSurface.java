package dev.turnpike.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The public top-level types, one a line, sorted: what each package lets others see. */
final class PublicSurface {
  private PublicSurface() {}

  static List<String> of(JavaClasses classes, Packages packages) {
    TreeSet<String> lines = new TreeSet<>();
    for (JavaClass type : classes) {
      boolean open = type.getModifiers().contains(JavaModifier.PUBLIC);
      if (open && type.isTopLevelClass()) {
        lines.add(type.getName().substring(packages.root().length() + 1));
      }
    }
    return List.copyOf(lines);
  }

  /** What was added, with a plus, and what is gone, with a minus. */
  static List<String> difference(List<String> written, List<String> found) {
    List<String> difference = new ArrayList<>();
    found.stream()
        .filter(type -> !written.contains(type))
        .map(type -> "+ " + type)
        .forEach(difference::add);
    written.stream()
        .filter(type -> !found.contains(type))
        .map(type -> "- " + type)
        .forEach(difference::add);
    return difference;
  }
}
