package org.bcdi.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** Hears the warnings of a room until it is closed. */
public final class Warnings extends AbstractAppender implements AutoCloseable {
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Logger logger;

    /** @param room name of a package or class */
    public Warnings(String room) {
        super("warnings of " + room, null, null, true, Property.EMPTY_ARRAY);
        logger = (Logger) LogManager.getLogger(room);
        start();
        logger.addAppender(this);
    }

    @Override
    public void append(LogEvent event) {
        if (event.getLevel() == Level.WARN) {
            told.add(event.getMessage().getFormattedMessage());
        }
    }

    public List<String> told() {
        return told;
    }

    @Override
    public void close() {
        logger.removeAppender(this);
        stop();
    }
}
