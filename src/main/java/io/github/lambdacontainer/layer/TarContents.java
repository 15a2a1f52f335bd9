package io.github.lambdacontainer.layer;

import io.github.lambdacontainer.image.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Passes a tar on and looks at what it holds: each file's digest, and the digest and size of the whole. */
final class TarContents extends OutputStream {

    private static final int BLOCK = 512;
    private static final byte[] NOTHING = new byte[BLOCK];

    /** A record of a PAX header; a file of 8 GiB and more has its size there (POSIX pax, "Extended Header"). */
    private static final Pattern SIZE = Pattern.compile("\\d+ size=(\\d+)\n");

    private final OutputStream out;
    private final MessageDigest whole = Digest.newMessageDigest();
    private final MessageDigest file = Digest.newMessageDigest();
    private final ByteArrayOutputStream pax = new ByteArrayOutputStream();
    private final List<Digest> files = new ArrayList<>();
    private final byte[] header = new byte[BLOCK];
    private int headerBytes;
    private byte type;
    private long contentLeft;
    private long paddingLeft;
    private long size;

    TarContents(OutputStream out) {
        this.out = out;
    }

    /** The digest of the tar; asked for once, at the end. */
    Digest digest() {
        return Digest.of(whole);
    }

    long size() {
        return size;
    }

    /** The digests of the regular files, in the order of the tar. */
    List<Digest> files() {
        return List.copyOf(files);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        whole.update(bytes, offset, length);
        size += length;
        int end = offset + length;
        for (int at = offset; at < end; ) {
            at += look(bytes, at, end - at);
        }
    }

    /** Looks at some of these bytes, and says at how many. */
    private int look(byte[] bytes, int offset, int length) {
        if (contentLeft > 0) {
            int count = (int) Math.min(length, contentLeft);
            content(bytes, offset, count);
            return count;
        }
        if (paddingLeft > 0) {
            int count = (int) Math.min(length, paddingLeft);
            paddingLeft -= count;
            return count;
        }
        int count = Math.min(length, BLOCK - headerBytes);
        System.arraycopy(bytes, offset, header, headerBytes, count);
        headerBytes = (headerBytes + count) % BLOCK;
        if (headerBytes == 0 && !Arrays.equals(header, NOTHING)) {
            begin(new TarArchiveEntry(header));
        }
        return count;
    }

    private void begin(TarArchiveEntry entry) {
        type = header[TarConstants.LF_OFFSET];
        boolean isPax = type == TarConstants.LF_PAX_EXTENDED_HEADER_LC;
        Matcher own = SIZE.matcher(isPax ? "" : pax.toString(StandardCharsets.UTF_8));
        contentLeft = own.find() ? Long.parseLong(own.group(1)) : entry.getSize();
        paddingLeft = (BLOCK - contentLeft % BLOCK) % BLOCK;
        pax.reset();
        if (contentLeft == 0) {
            end();
        }
    }

    private void content(byte[] bytes, int offset, int count) {
        if (type == TarConstants.LF_NORMAL) {
            file.update(bytes, offset, count);
        } else if (type == TarConstants.LF_PAX_EXTENDED_HEADER_LC) {
            pax.write(bytes, offset, count);
        }
        contentLeft -= count;
        if (contentLeft == 0) {
            end();
        }
    }

    private void end() {
        if (type == TarConstants.LF_NORMAL) {
            files.add(Digest.of(file));
        }
    }
}
