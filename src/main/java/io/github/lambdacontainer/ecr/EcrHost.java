package io.github.lambdacontainer.ecr;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The host of a private registry of Amazon ECR, in any partition.
 *
 * <p>The names are those that AWS's own credential helper for Docker knows, and the dual-stack name of the European
 * Sovereign Cloud, which the SDK's table of partitions has.
 *
 * @param account the twelve digits of the AWS account, which is the registry's id
 * @param region the region, such as {@code eu-central-1}
 * @param fips whether its cryptography is validated by FIPS 140
 * @param dualStack whether it has IPv6 addresses too
 * @param domain what the name ends in, such as {@code amazonaws.com}
 */
record EcrHost(String account, String region, boolean fips, boolean dualStack, String domain) {

    private static final List<String> PUBLIC = List.of("public.ecr.aws", "ecr-public.aws.com");
    private static final Pattern PRIVATE =
            Pattern.compile("(\\d{12})\\.dkr([.-])ecr(-fips)?\\.([a-zA-Z0-9][a-zA-Z0-9_-]*)\\."
                    + "(amazonaws\\.(?:com(?:\\.cn)?|eu)|on\\.(?:aws|amazonwebservices\\.(?:com\\.cn|eu))"
                    + "|sc2s\\.sgov\\.gov|c2s\\.ic\\.gov|cloud\\.adc-e\\.uk|csp\\.hci\\.ic\\.gov)");

    /** The parts of this host, if it is a private registry of ECR. */
    static Optional<EcrHost> of(String registry) {
        Matcher matcher = PRIVATE.matcher(registry);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String domain = matcher.group(5);
        boolean dualStack = matcher.group(2).equals("-") || domain.startsWith("on.");
        return Optional.of(
                new EcrHost(matcher.group(1), matcher.group(4), matcher.group(3) != null, dualStack, domain));
    }

    /** Whether this is the public gallery of ECR. */
    static boolean isPublic(String registry) {
        return PUBLIC.contains(registry);
    }

    /** The registry's first name, which neither says FIPS nor dual-stack. */
    String plain() {
        String plainDomain = switch (domain) {
            case "on.aws" -> "amazonaws.com";
            case "on.amazonwebservices.com.cn" -> "amazonaws.com.cn";
            case "on.amazonwebservices.eu" -> "amazonaws.eu";
            default -> domain;
        };
        return account + ".dkr.ecr." + region + "." + plainDomain;
    }
}
