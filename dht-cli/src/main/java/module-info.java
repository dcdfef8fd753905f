/** The command line: an application of the library like any other. */
module org.simpledht.cli {
    requires org.simpledht;
    requires info.picocli;
    requires org.jline.reader;
    requires org.jline.terminal;
    requires com.fasterxml.jackson.core;
    requires java.logging;

    opens org.simpledht.cli to
            info.picocli;
}
