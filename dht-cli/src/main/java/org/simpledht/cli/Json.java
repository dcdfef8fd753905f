package org.simpledht.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Map;

/** Flat JSON objects on one line, in printable ASCII: what is in them may end up in a terminal. */
final class Json {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int LAST_PRINTABLE = '~';

    private Json() {}

    /** The values are strings, numbers and booleans. */
    static String object(Map<String, Object> fields) {
        StringWriter out = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(out)) {
            generator.setHighestNonEscapedChar(LAST_PRINTABLE);
            generator.writeStartObject();
            for (Map.Entry<String, Object> field : fields.entrySet()) {
                generator.writeFieldName(field.getKey());
                if (field.getValue() instanceof Boolean value) {
                    generator.writeBoolean(value);
                } else if (field.getValue() instanceof Number value) {
                    generator.writeNumber(value.longValue());
                } else {
                    generator.writeString(field.getValue().toString());
                }
            }
            generator.writeEndObject();
        } catch (IOException e) {
            throw new AssertionError("a StringWriter never fails", e);
        }
        return out.toString();
    }
}
