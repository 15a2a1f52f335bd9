package io.github.lambdacontainer.ecr;

/** AWS STS, as far as a web identity needs it (AssumeRoleWithWebIdentity, query protocol); nobody may assume a role. */
final class FakeSts {

    static final String DENIED = "User: arn:aws:sts::123456789012:assumed-role/ci/me is not authorized to perform:"
            + " sts:AssumeRole on resource: arn:aws:iam::123456789012:role/x";

    private FakeSts() {}

    static FakeReply answer(String form) {
        if (form.contains("Action=AssumeRole&")) {
            return refused(403, "AccessDenied", DENIED);
        }
        boolean right = form.contains("Action=AssumeRoleWithWebIdentity")
                && form.contains("WebIdentityToken=" + FakeEcr.WEB_IDENTITY_TOKEN);
        return right ? ok() : refused(400, "InvalidIdentityToken", "The ID Token provided is not a valid JWT.");
    }

    private static FakeReply ok() {
        return FakeReply.of(
                200,
                "text/xml",
                "<AssumeRoleWithWebIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
                        + "<AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>" + FakeEcr.ACCESS_KEY
                        + "</AccessKeyId><SecretAccessKey>" + FakeEcr.SECRET_KEY + "</SecretAccessKey><SessionToken>"
                        + FakeEcr.SESSION_TOKEN + "</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>"
                        + "</Credentials><AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role/ci/build</Arn>"
                        + "<AssumedRoleId>AROAFAKE:build</AssumedRoleId></AssumedRoleUser>"
                        + "</AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>");
    }

    private static FakeReply refused(int status, String code, String message) {
        return FakeReply.of(
                status,
                "text/xml",
                "<ErrorResponse"
                        + " xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type><Code>" + code
                        + "</Code><Message>" + message + "</Message>"
                        + "</Error><RequestId>1</RequestId></ErrorResponse>");
    }
}
