import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.common.logging.LogConfigurator;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.index.mapper.MapperExtrasPlugin;
import org.opensearch.index.reindex.ReindexPlugin;
import org.opensearch.node.Node;
import org.opensearch.painless.PainlessPlugin;
import org.opensearch.transport.Netty4Plugin;

/** One node of OpenSearch, with the modules that every OpenSearch has: TestNode FOLDER name=value… */
public final class TestNode extends Node {
  private TestNode(Environment environment) {
    super(
        environment,
        List.of(
            Netty4Plugin.class,
            PainlessPlugin.class,
            CommonAnalysisPlugin.class,
            MapperExtrasPlugin.class,
            ReindexPlugin.class),
        true);
  }

  public static void main(String[] given) throws Exception {
    Path home = Path.of(given[0]).toAbsolutePath();
    Settings.Builder settings =
        Settings.builder()
            .put("path.home", home)
            .put("path.data", Files.createDirectories(home.resolve("data")))
            .put("path.logs", Files.createDirectories(home.resolve("logs")))
            .put("network.host", "127.0.0.1")
            .put("transport.type", "netty4")
            .put("http.type", "netty4");
    for (int at = 1; at < given.length; at++) {
      String[] pair = given[at].split("=", 2);
      if (pair[0].endsWith("[]")) {
        settings.putList(pair[0].substring(0, pair[0].length() - 2), pair[1].split(","));
      } else {
        settings.put(pair[0], pair[1]);
      }
    }
    LogConfigurator.registerErrorListener();
    TestNode node =
        new TestNode(
            new Environment(
                settings.build(), Files.createDirectories(home.resolve("config"))));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node)));
    node.start();
    System.out.println("started");
    Thread.currentThread().join();
  }

  private static void close(Node node) {
    try {
      node.close();
    } catch (Exception error) {
      error.printStackTrace();
    }
  }
}
