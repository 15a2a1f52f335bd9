package io.github.lambdacontainer.plan;

import java.util.List;

/** The kinds of startup archive that a Java virtual machine knows (JEP 310, JEP 483 and JEP 514). */
public enum ArchiveKind {
    /** An archive of class data sharing that holds the JDK's classes and the application's. */
    CDS("AppCDS archive", "startup.jsa", 13) {
        @Override
        public List<String> use(String archive) {
            return List.of("-XX:SharedArchiveFile=" + archive);
        }

        @Override
        public List<String> insist(String archive) {
            return List.of("-Xshare:on", "-XX:SharedArchiveFile=" + archive);
        }

        @Override
        public List<String> record(String recording) {
            return List.of("-XX:DumpLoadedClassList=" + recording);
        }

        @Override
        public List<String> create(String recording, String archive) {
            return List.of("-Xshare:dump", "-XX:SharedClassListFile=" + recording, "-XX:SharedArchiveFile=" + archive);
        }
    },
    /** The ahead-of-time cache: classes loaded and linked, with profiles of the training run. */
    AOT("AOT cache", "startup.aot", 25) {
        @Override
        public List<String> use(String archive) {
            return List.of("-XX:AOTCache=" + archive);
        }

        @Override
        public List<String> insist(String archive) {
            return List.of("-XX:AOTMode=on", "-XX:AOTCache=" + archive);
        }

        @Override
        public List<String> record(String recording) {
            return List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + recording);
        }

        @Override
        public List<String> create(String recording, String archive) {
            return List.of("-XX:AOTMode=create", "-XX:AOTConfiguration=" + recording, "-XX:AOTCache=" + archive);
        }
    };

    private final String title;
    private final String fileName;
    private final int since;

    ArchiveKind(String title, String fileName, int since) {
        this.title = title;
        this.fileName = fileName;
        this.since = since;
    }

    /** The flags that use an archive, and go on without it where it does not fit. */
    public abstract List<String> use(String archive);

    /** The flags that use an archive, and end the virtual machine where it does not fit. */
    public abstract List<String> insist(String archive);

    /** The flags that record what a run loads. */
    public abstract List<String> record(String recording);

    /** The flags that make an archive of a recording, without running the function. */
    public abstract List<String> create(String recording, String archive);

    /** The name of the archive's file. */
    public String fileName() {
        return fileName;
    }

    /** The feature version of the first Java that knows this kind well enough. */
    int since() {
        return since;
    }

    @Override
    public String toString() {
        return title;
    }
}
