package org.simpledht;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** What was logged, each behind its level. */
final class LogLines extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1;

    final transient List<String> all = new ArrayList<>();
    transient Throwable thrown;
    Level least = Level.TRACE;

    @Override
    protected void handleNormalizedLoggingCall(
            Level level, Marker marker, String format, Object[] arguments, Throwable throwable) {
        all.add(level + " " + MessageFormatter.basicArrayFormat(format, arguments));
        thrown = throwable;
    }

    @Override
    protected String getFullyQualifiedCallerName() {
        return null;
    }

    @Override
    public boolean isTraceEnabled() {
        return isEnabled(Level.TRACE);
    }

    @Override
    public boolean isDebugEnabled() {
        return isEnabled(Level.DEBUG);
    }

    @Override
    public boolean isInfoEnabled() {
        return isEnabled(Level.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
        return isEnabled(Level.WARN);
    }

    @Override
    public boolean isErrorEnabled() {
        return isEnabled(Level.ERROR);
    }

    private boolean isEnabled(Level level) {
        return level.toInt() >= least.toInt();
    }
}
