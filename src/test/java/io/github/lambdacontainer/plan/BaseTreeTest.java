package io.github.lambdacontainer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.base.BaseDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BaseTreeTest {

    @Test
    void filesGoWhereTheDeepestLinkLeads() {
        BaseTree tree = new BaseTree(Map.of("/a", "/wrong", "/a/b", "/right"), Map.of());

        assertThat(tree.fit(layer("/a/b/f"))).isEqualTo(layer("/right/f"));
    }

    @Test
    void linksThatLeadToLinksAreFollowed() {
        BaseTree tree = new BaseTree(Map.of("/lib64", "/usr/lib64", "/usr", "/sysroot/usr"), Map.of());

        assertThat(tree.fit(layer("/lib64/f"))).isEqualTo(layer("/sysroot/usr/lib64/f"));
    }

    @Test
    void aNameThatOnlyBeginsLikeALinkIsNotOne() {
        BaseTree tree = new BaseTree(Map.of("/lib", "/usr/lib"), Map.of());

        assertThat(tree.fit(layer("/library/f", "/lib"))).isEqualTo(layer("/library/f", "/lib"));
    }

    @Test
    void aLinkToTheRootIsFollowed() {
        BaseTree tree = new BaseTree(Map.of("/host", "/"), Map.of());

        assertThat(tree.fit(layer("/host/etc/f", "/host/f"))).isEqualTo(layer("/etc/f", "/f"));
    }

    @Test
    void linksInACircleEndTheirSearch() {
        BaseTree tree = new BaseTree(Map.of("/a", "/b", "/b", "/a"), Map.of());

        assertThat(tree.realDirectory("/a/x")).isIn("/a/x", "/b/x");
    }

    @Test
    void parentsKeepTheModeAndOwnerTheyHaveInTheBase() {
        BaseTree tree = new BaseTree(
                Map.of("/temp", "/tmp"),
                Map.of("/tmp", new BaseDirectory(01777, "0:0"), "/home/app", new BaseDirectory(0700, "1000:1000")));

        assertThat(tree.fit(layer("/temp/x/f", "/tmp/g")))
                .isEqualTo(new LayerPlan(
                        "layer",
                        List.of(file("/tmp/x/f"), file("/tmp/g"), new LayerEntry.Directory("/tmp", 01777, "0:0"))));
    }

    private static LayerPlan layer(String... targets) {
        return new LayerPlan(
                "layer",
                List.of(targets).stream().<LayerEntry>map(BaseTreeTest::file).toList());
    }

    private static LayerEntry file(String target) {
        return new LayerEntry.File(target, new Content.OnDisk(Path.of("/f")), 0644);
    }
}
