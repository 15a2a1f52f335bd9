package io.github.lambdacontainer.ecr;

import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Checks signatures of requests (AWS Signature Version 4), with nothing in their query. */
final class SigV4 {

    private static final Pattern AUTHORIZATION =
            Pattern.compile("AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/([^/]+)/([^/]+)/aws4_request,"
                    + " ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})");

    private SigV4() {}

    /** The access key, region and service that a request was signed with, if it was signed with this secret. */
    static Optional<Signed> check(String method, String path, Headers headers, byte[] body, String secret) {
        Matcher matcher = AUTHORIZATION.matcher(
                Optional.ofNullable(headers.getFirst("Authorization")).orElse(""));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String scope = matcher.group(2) + "/" + matcher.group(3) + "/" + matcher.group(4) + "/aws4_request";
        StringBuilder canonical = new StringBuilder(method + "\n" + path + "\n\n");
        for (String name : matcher.group(5).split(";")) {
            List<String> values = headers.get(name);
            canonical
                    .append(name)
                    .append(':')
                    .append(values == null ? "" : String.join(",", values).strip())
                    .append('\n');
        }
        canonical.append('\n').append(matcher.group(5)).append('\n').append(hex(sha256(body)));
        String text = "AWS4-HMAC-SHA256\n" + headers.getFirst("X-Amz-Date") + "\n" + scope + "\n"
                + hex(sha256(bytes(canonical.toString())));
        byte[] key = bytes("AWS4" + secret);
        for (String part : scope.split("/")) {
            key = hmac(key, part);
        }
        boolean right = hex(hmac(key, text)).equals(matcher.group(6));
        return right ? Optional.of(new Signed(matcher.group(1), matcher.group(3), matcher.group(4))) : Optional.empty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(bytes(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Who signed, and for what. */
    record Signed(String accessKey, String region, String service) {}
}
