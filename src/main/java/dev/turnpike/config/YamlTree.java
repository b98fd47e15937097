package dev.turnpike.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * The text of one file as {@link Piece}s: nodes are composed, and nothing is ever constructed from
 * them. Refuses keys given twice; replaces the environment in values.
 */
final class YamlTree {
  private final String file;
  private final Environment environment;
  private final Problems problems;

  YamlTree(String file, Environment environment, Problems problems) {
    this.file = file;
    this.environment = environment;
    this.problems = problems;
  }

  /** The whole tree; empty when the text is no plain YAML, which is told then. */
  Optional<Piece> read(String text) {
    if (!new YamlSyntax(file, problems).accepts(text)) {
      return Optional.empty();
    }
    Composer composer =
        new Composer(
            new ParserImpl(new StreamReader(text), YamlSyntax.options()),
            new Resolver(),
            new LoaderOptions());
    return Optional.of(piece(composer.getSingleNode(), ""));
  }

  private Piece piece(Node node, String path) {
    Mark mark = YamlSyntax.mark(file, node.getStartMark());
    if (node instanceof MappingNode mapping) {
      return new Piece.Members(members(mapping, path), mark);
    }
    if (node instanceof SequenceNode sequence) {
      List<Piece> items = new ArrayList<>();
      for (Node item : sequence.getValue()) {
        items.add(piece(item, path + "[" + items.size() + "]"));
      }
      return new Piece.Items(items, mark);
    }
    return scalar((ScalarNode) node, path, mark);
  }

  private Piece scalar(ScalarNode node, String path, Mark mark) {
    String text = node.getValue();
    boolean quoted =
        switch (node.getScalarStyle()) {
          case SINGLE_QUOTED, DOUBLE_QUOTED -> true;
          case PLAIN, LITERAL, FOLDED, JSON_SCALAR_STYLE -> false;
        };
    Mark begin = quoted ? new Mark(file, mark.line(), mark.column() + 1) : mark;
    if (Environment.occursIn(text)) {
      return environment
          .replace(text, mark, path, problems)
          .<Piece>map(value -> new Piece.Scalar(value, Piece.Scalar.Form.REPLACED, mark, begin))
          .orElse(new Piece.Broken(mark));
    }
    Piece.Scalar.Form form = node.isPlain() ? Piece.Scalar.Form.PLAIN : Piece.Scalar.Form.QUOTED;
    return new Piece.Scalar(text, form, mark, begin);
  }

  private List<Piece.Member> members(MappingNode mapping, String path) {
    List<Piece.Member> members = new ArrayList<>();
    Map<String, Mark> places = new HashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Mark mark = YamlSyntax.mark(file, tuple.getKeyNode().getStartMark());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problems.add(mark, path, "found a list or mapping as a key, expected a text");
        continue;
      }
      String name = key.getValue();
      String keyPath = Section.below(path, name);
      Mark first = places.putIfAbsent(name, mark);
      if (first != null) {
        problems.add(mark, keyPath, "found this key a second time; it is given first at " + first);
        continue;
      }
      if (name.equals("<<") && key.isPlain()) {
        problems.add(mark, keyPath, "merge keys are not taken: write the keys out");
        continue;
      }
      members.add(new Piece.Member(name, mark, piece(tuple.getValueNode(), keyPath)));
    }
    return members;
  }
}
