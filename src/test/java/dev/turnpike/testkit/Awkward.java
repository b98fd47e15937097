package dev.turnpike.testkit;

import java.util.List;
import java.util.stream.Stream;

/** JSON values that do not survive a reader and a writer that are not careful. */
public final class Awkward {
  private Awkward() {}

  /** What both sides may say. */
  public static List<String> values() {
    return List.of(
        "12345678901234567890123456789012345678901234567890",
        "-9223372036854775809",
        "9007199254740993",
        "1.0",
        "1",
        "1.00",
        "-0",
        "-0.0",
        "0e0",
        "1e400",
        "1E+2",
        "1e-400",
        "0.1000000000000000055511151231257827021181583404541015625",
        "\"\"",
        "\" \"",
        "\"\\u0041\\/\\b\\f\\n\\r\\t\\\\\\\"\"",
        "\"\\u00e9 \u00e9 e\u0301\"",
        "\"\\ud83d\\ude00 \ud83d\ude00\"",
        "\"\\u0000\\u001f\u007f\u0080\u2028\u2029\uFEFF\"",
        "\"</script><!--\"",
        "\"data: x\\n\\nid: 1\"",
        "{\"z\":1,\"a\":2,\"m\":{\"b\":[],\"a\":{}}}",
        "{ \"a\" :\t1 , \"b\" : [ 1 ,2, 3 ] }",
        "{\"\":\"empty\",\" \":\"blank\",\"\\u0061b\":\"escaped\",\"__proto__\":{},\"10\":1,\"9\":2}",
        "{\"_meta\":{\"_meta\":{\"jsonrpc\":\"1.0\",\"id\":99,\"method\":\"x\",\"result\":{}}}}",
        "{\"resultType\":\"task\",\"ttlMs\":-1,\"cacheScope\":\"x\",\"tools\":[{}]}",
        "{\"io.modelcontextprotocol/protocolVersion\":\"1999-01-01\"}",
        "[[[[[[[[[[[[[[[[[[[[{}]]]]]]]]]]]]]]]]]]]]",
        "[true,false,null,[],{},\"\",0]",
        "{\"type\":\"object\",\"$schema\":\"https://json-schema.org/draft/2020-12/schema\","
            + "\"$defs\":{\"a\":{\"$ref\":\"#/$defs/a\"}},\"x-vendor\":{\"Order\":[3,2,1]},"
            + "\"x-mcp-header\":\"?\",\"minimum\":1.0,\"enum\":[1,1.0,\"1\"]}",
        "\"" + "x".repeat(1024 * 1024) + "\"",
        "[" + "1.0,".repeat(20_000) + "1.0]");
  }

  /** What only an upstream may say. */
  public static List<String> answers() {
    return Stream.concat(
            values().stream(),
            Stream.of("\"\\ud83d\"", "\"\\ude00\\ud83d\"", "{\"\\udfff\":\"\\ud800x\"}", deep(100)))
        .toList();
  }

  private static String deep(int levels) {
    return "{\"a\":[".repeat(levels / 2) + "]}".repeat(levels / 2);
  }
}
