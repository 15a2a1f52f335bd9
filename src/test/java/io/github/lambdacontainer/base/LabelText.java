package io.github.lambdacontainer.base;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterOutputStream;

/** The text of a label of {@link CarriedFacts}, for those who write one by hand. */
public final class LabelText {

    private LabelText() {}

    /** What this label says. */
    public static String read(String label) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (OutputStream out = new InflaterOutputStream(text, new Inflater(true))) {
            out.write(Base64.getUrlDecoder().decode(label));
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    /** The label that says this. */
    public static String write(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new DeflaterOutputStream(bytes, new Deflater(9, true))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }
}
