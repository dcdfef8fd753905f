package org.simpledht.cli;

/** What the process says when it ends. Scripts rely on these numbers: add, and never change one. */
final class ExitCode {

    static final int DONE = 0;
    static final int NO_SUCH_HASH = 1;
    static final int USAGE = 2;
    static final int UNREACHABLE = 3;
    static final int DECLINED = 4;
    static final int CANNOT_LISTEN = 5;

    /** EX_SOFTWARE of sysexits.h: a fault of this program. */
    static final int INTERNAL = 70;

    /** EX_IOERR of sysexits.h: standard input cannot be read, or standard output not be written. */
    static final int INPUT_OUTPUT = 74;

    /** 128 and SIGINT, as a shell reports it. */
    static final int INTERRUPTED = 130;

    /** 128 and SIGPIPE: whoever read our output had enough, which is no error worth a message. */
    static final int BROKEN_PIPE = 141;

    private ExitCode() {}
}
