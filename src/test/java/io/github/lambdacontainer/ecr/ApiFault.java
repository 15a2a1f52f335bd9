package io.github.lambdacontainer.ecr;

/**
 * A refusal of the API of {@link FakeEcr}, in AWS's own words.
 *
 * @param status the HTTP status
 * @param code the error code, such as {@code ThrottlingException}
 * @param message AWS's sentence
 */
public record ApiFault(int status, String code, String message) {

    /** Too many requests. */
    public static ApiFault throttled() {
        return new ApiFault(400, "ThrottlingException", "Rate exceeded");
    }

    /** The session of the credentials is over. */
    public static ApiFault expired() {
        return new ApiFault(400, "ExpiredTokenException", "The security token included in the request is expired");
    }

    /** No such access key. */
    public static ApiFault unknownKey() {
        return new ApiFault(
                400, "UnrecognizedClientException", "The security token included in the request is invalid.");
    }

    /** The secret key is another; as AWS does, it quotes the request, session token and all. */
    public static ApiFault signature() {
        return new ApiFault(
                400,
                "InvalidSignatureException",
                "The request signature we calculated does not match the signature you provided. Check your AWS Secret"
                        + " Access Key and signing method.\n\nThe Canonical String for this request should have been\n"
                        + "'POST\n/\n\nx-amz-security-token:" + FakeEcr.SESSION_TOKEN + "'");
    }

    /** The clock of whoever asks is wrong. */
    public static ApiFault clock() {
        return clock("Signature expired: 20200101T000000Z is now earlier than 20261123T075500Z"
                + " (20261123T080000Z - 5 min.)");
    }

    /** The same, said so. */
    static ApiFault clock(String message) {
        return new ApiFault(400, "InvalidSignatureException", message);
    }
}
